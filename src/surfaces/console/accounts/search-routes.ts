import { z } from 'zod'
import { isSearchable } from '../../../domain/accounts/search.ts'
import { accountReaders, revealedFields } from '../../../domain/vocabulary/desk.ts'
import { readShownName } from '../../../kernel/shown-name.ts'
import { longestQuery, shortestNamePrefix } from '../../../limits/desk.ts'
import { revealAtDesk } from '../../../operations/looks/reveal.ts'
import { searchAtDesk } from '../../../operations/looks/search.ts'
import { invalidRequest } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'
import { operatorAction } from '../frame/session.ts'
import { accountLine, viewAccountLine } from './account-line.ts'
import { why } from './written.ts'

export const search = operatorAction(
  accountReaders,
  {
    summary:
      'Finds accounts by login ID, address or credential ID (whole), or the beginning of the name',
    problems: ['too_many_searches'],
    leavesRecord: true,
    answer: z.object({ accounts: z.array(accountLine), more: z.boolean() }),
  },
  async ({ deps, visit, caller, session }) => {
    const typed = readQuery(visit)
    const { accounts, more } = await searchAtDesk(deps, session, caller, typed)
    return { accounts: accounts.map(viewAccountLine), more }
  },
)

function readQuery(visit: Visit): string {
  const typed = visit.req.query('q') ?? ''
  // Signs that nobody sees are no part of a name, and PostgreSQL refuses one of them.
  const isText = typed.length <= longestQuery && readShownName(typed) !== null
  if (isText && isSearchable(typed)) return typed
  throw invalidRequest([
    { path: 'q', message: `at least ${shortestNamePrefix} signs, in one line` },
  ])
}

export const reveal = operatorAction(
  ['agent', 'approver'],
  {
    summary: 'Shows personal data of an account, for a reason and a ticket, and records it',
    problems: ['not_found', 'too_many_reveals'],
    body: why.extend({
      fields: z.array(z.enum(revealedFields)).min(1).max(revealedFields.length),
    }),
    answer: z.partialRecord(z.enum(revealedFields), z.string()),
  },
  async ({ deps, visit, caller, session, body }) => {
    const accountId = visit.req.param('id') ?? ''
    return revealAtDesk(deps, session, caller, { ...body, accountId })
  },
)
