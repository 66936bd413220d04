import { z } from 'zod'
import { selectCase, selectCases } from '../../../domain/cases/store.ts'
import { operatorNames } from '../../../domain/operators/names.ts'
import { accountReaders } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import { Problem } from '../../../kernel/http/problem.ts'
import { isId } from '../../../kernel/secrets.ts'
import { longestClaim, mostEventsExported } from '../../../limits/desk.ts'
import * as cases from '../../../operations/desk/cases.ts'
import { recordExport } from '../../../operations/desk/export.ts'
import { readAccountPage } from '../../../operations/looks/account-page.ts'
import { texts } from '../../../text/texts.ts'
import { isoTime } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'
import { accountLine, viewAccountLine } from '../accounts/account-line.ts'
import { eventView, readEvents } from '../accounts/events.ts'
import * as views from '../accounts/views.ts'
import { paragraph, why } from '../accounts/written.ts'
import { readBefore, turnPage } from '../frame/pages-of.ts'
import { operatorAction } from '../frame/session.ts'
import { operatorView } from '../operators/operator-view.ts'

const idOf = (visit: Visit) => visit.req.param('id') ?? ''

export const open = operatorAction(
  ['agent', 'approver'],
  {
    summary: 'Marks an account as suspected of takeover: its sessions and tokens end at once',
    status: 201,
    problems: ['not_found', 'case_open'],
    body: why.extend({ claim: paragraph(longestClaim) }),
    answer: views.caseView,
  },
  async ({ deps, visit, caller, session, body }) => {
    const opening = { ...body, accountId: idOf(visit) }
    return views.viewCase(
      await cases.openCase(deps, session, caller, opening),
      await operatorNames(deps.db),
    )
  },
)

export const list = operatorAction(
  accountReaders,
  {
    summary: 'Lists the accounts under suspicion, the latest first, closed cases too',
    answer: z.object({ cases: z.array(views.caseView), next: z.string().nullable() }),
  },
  async ({ deps, visit, session }) => {
    const found = await selectCases(deps.db, session.operator, readBefore(visit))
    const { rows, next } = turnPage(found, ({ openedAt, id }) => ({ at: openedAt, id }))
    const names = await operatorNames(deps.db)
    return { cases: rows.map((one) => views.viewCase(one, names)), next }
  },
)

export const take = operatorAction(
  ['approver'],
  {
    summary: 'Takes a case over: from now on this approver alone approves what opens the account',
    problems: ['not_found', 'case_closed'],
    answer: views.caseView,
  },
  async ({ deps, visit, caller, session }) => {
    const taken = await cases.takeCase(deps, session, caller, idOf(visit))
    return views.viewCase(taken, await operatorNames(deps.db))
  },
)

export const close = operatorAction(
  ['approver'],
  {
    summary: 'Closes a case that another operator opened',
    problems: ['not_found', 'case_closed'],
    body: why.pick({ reason: true }),
    answer: views.caseView,
  },
  async ({ deps, visit, caller, session, body }) => {
    const closing = { ...body, id: idOf(visit) }
    return views.viewCase(
      await cases.closeCase(deps, session, caller, closing),
      await operatorNames(deps.db),
    )
  },
)

export const exportCase = operatorAction(
  ['approver', 'auditor'],
  {
    summary: 'Exports a case: what is claimed, how the account stands, masked, and its time-line',
    problems: ['not_found'],
    leavesRecord: true,
    answer: z.object({
      case: views.caseView,
      account: accountLine,
      passkeys: z.array(views.passkeyAtDesk),
      events: z.array(eventView),
      /** Whether these are all events; the latest ones else. */
      complete: z.boolean(),
      exportedAt: isoTime,
      exportedBy: operatorView,
    }),
  },
  async ({ deps, visit, caller, session }) => {
    const { db } = deps
    const found = isId(idOf(visit)) ? await selectCase(db, idOf(visit)) : undefined
    if (!found) throw new Problem('not_found')
    const { accountId } = found
    const page = await readAccountPage(deps, session.operator, accountId)
    await recordExport(deps, session, caller, { accountId, what: `case ${found.id}` })
    const wanted = { kind: null, before: null, most: mostEventsExported }
    const { events, next } = await readEvents(db, accountId, wanted)
    const { account, names } = page
    const { id, name } = session.operator
    visit.header('Content-Disposition', `attachment; filename="case-${found.id}.json"`)
    return {
      case: views.viewCase(found, names),
      account: viewAccountLine(account),
      passkeys: page.passkeys.map((one) =>
        views.viewPasskeyAtDesk(one, texts[visit.get('language')]),
      ),
      events,
      complete: next === null,
      exportedAt: toIso(deps.now()),
      exportedBy: { id, name },
    }
  },
)
