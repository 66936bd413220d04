import { lockAccount, reportStolen } from '../../../operations/desk/close.ts'
import type { Visit } from '../../frame/visit.ts'
import { operatorAction } from '../frame/session.ts'
import { why } from './written.ts'

const accountOf = (visit: Visit) => visit.req.param('id') ?? ''

export const lock = operatorAction(
  ['agent'],
  {
    summary: 'Locks an account at once',
    problems: ['not_found', 'contract_ended'],
    body: why,
    answer: null,
  },
  async ({ deps, visit, caller, session, body }) =>
    lockAccount(deps, session.operator, caller, { ...body, accountId: accountOf(visit) }),
)

export const suspend = operatorAction(
  ['agent'],
  {
    summary:
      'Suspends a stolen passkey at once, and locks the account where nothing else protects it',
    problems: ['not_found', 'no_such_passkey', 'contract_ended'],
    body: why,
    answer: null,
  },
  async ({ deps, visit, caller, session, body }) => {
    const passkeyId = visit.req.param('passkeyId') ?? ''
    const closing = { ...body, passkeyId, accountId: accountOf(visit) }
    await reportStolen(deps, session.operator, caller, closing)
  },
)
