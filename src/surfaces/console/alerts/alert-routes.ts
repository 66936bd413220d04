import { z } from 'zod'
import { selectAlerts } from '../../../domain/alerts/list.ts'
import { selectLooks } from '../../../domain/looks/store.ts'
import { operatorNames } from '../../../domain/operators/names.ts'
import { alertKinds, lookKinds } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import { mostRowsExported } from '../../../limits/desk.ts'
import { recordExport } from '../../../operations/desk/export.ts'
import { invalidRequest, isoTime } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'
import { readBefore, turnPage } from '../frame/pages-of.ts'
import { operatorAction } from '../frame/session.ts'
import { operatorView, viewOperator } from '../operators/operator-view.ts'

const maybe = z.string().nullable()

const alertView = z.object({
  id: z.string(),
  at: isoTime,
  kind: z.enum(alertKinds),
  accountId: maybe,
  operator: operatorView.nullable(),
  other: operatorView.nullable(),
  detail: z.record(z.string(), z.unknown()),
})

const lookView = z.object({
  id: z.string(),
  at: isoTime,
  kind: z.enum(lookKinds),
  operator: operatorView,
  accountId: maybe,
  /** A search: how many accounts were shown. */
  found: z.number().nullable(),
  fields: z.array(z.string()),
  reason: maybe,
  ticket: maybe,
})

type Alerts = Awaited<ReturnType<typeof selectAlerts>>

function viewAlerts(alerts: Alerts, names: ReadonlyMap<string, string>) {
  return alerts.map(({ id, at, kind, accountId, operatorId, otherId, detail }) => ({
    ...{ id, at: toIso(at), kind, accountId },
    operator: viewOperator(operatorId, names),
    other: viewOperator(otherId, names),
    detail: JSON.parse(detail) as Record<string, unknown>,
  }))
}

const withoutAccount = (alert: z.output<typeof alertView>) => ({ ...alert, accountId: null })

/** Nobody takes one away: a supervisor reads them by time. */
export const showAlerts = operatorAction(
  ['approver', 'admin', 'auditor'],
  {
    summary: 'Lists what a supervisor should see, the latest first',
    answer: z.object({ alerts: z.array(alertView), next: maybe }),
  },
  async ({ deps, visit, session }) => {
    const found = await selectAlerts(deps.db, session.operator, readBefore(visit))
    const { rows, next } = turnPage(found, ({ at, id }) => ({ at, id }))
    const alerts = viewAlerts(rows, await operatorNames(deps.db))
    // Who makes operators has nothing to do with customers.
    const seesAccounts = session.operator.roles.some((role) => role !== 'admin')
    return { alerts: seesAccounts ? alerts : alerts.map(withoutAccount), next }
  },
)

type Looks = Awaited<ReturnType<typeof selectLooks>>

function viewLooks(looks: Looks) {
  return looks.map(({ at, operatorId, operatorName, fields, ...look }) => ({
    ...{ ...look, at: toIso(at), operator: { id: operatorId, name: operatorName } },
    fields: fields === null ? [] : (JSON.parse(fields) as string[]),
  }))
}

export const showLooks = operatorAction(
  ['auditor'],
  {
    summary: 'Lists the searches, reveals or exports of operators, the latest first',
    answer: z.object({ looks: z.array(lookView), next: maybe }),
  },
  async ({ deps, visit, session }) => {
    const reader = session.operator
    const found = await selectLooks(deps.db, reader, readLookKind(visit), readBefore(visit))
    const { rows, next } = turnPage(found, ({ at, id }) => ({ at, id }))
    return { looks: viewLooks(rows), next }
  },
)

function readLookKind(visit: Visit) {
  const asked = visit.req.query('kind') ?? 'reveal'
  const kind = lookKinds.find((one) => one === asked)
  if (kind) return kind
  throw invalidRequest([{ path: 'kind', message: `is none of ${lookKinds.join(', ')}` }])
}

export const exportLooks = operatorAction(
  ['auditor'],
  {
    summary: 'Exports the latest searches, reveals, exports and alerts',
    leavesRecord: true,
    answer: z.object({
      ...{ searches: z.array(lookView), reveals: z.array(lookView), exports: z.array(lookView) },
      alerts: z.array(alertView),
      /** Whether these are all; the latest ones of each kind else. */
      complete: z.boolean(),
      exportedAt: isoTime,
      exportedBy: operatorView,
    }),
  },
  async ({ deps, visit, caller, session }) => {
    const { db } = deps
    await recordExport(deps, session, caller, { what: 'looks and alerts' })
    const most = mostRowsExported + 1
    const [searches, reveals, exports, alerts, names] = await Promise.all([
      selectLooks(db, session.operator, 'search', null, most),
      selectLooks(db, session.operator, 'reveal', null, most),
      selectLooks(db, session.operator, 'export', null, most),
      selectAlerts(db, session.operator, null, most),
      operatorNames(deps.db),
    ])
    const cut = <R>(rows: readonly R[]) => rows.slice(0, mostRowsExported)
    const { id, name } = session.operator
    visit.header('Content-Disposition', 'attachment; filename="looks-and-alerts.json"')
    return {
      searches: viewLooks(cut(searches)),
      reveals: viewLooks(cut(reveals)),
      exports: viewLooks(cut(exports)),
      alerts: viewAlerts(cut(alerts), names),
      complete: [searches, reveals, exports, alerts].every(
        ({ length }) => length <= mostRowsExported,
      ),
      exportedAt: toIso(deps.now()),
      exportedBy: { id, name },
    }
  },
)
