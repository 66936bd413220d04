// What a supervisor of the support desk should see: a row, a line of the log, a count of the metrics.
import { newId } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import type { AlertKind } from '../vocabulary/desk.ts'
import { insertAlert } from './store.ts'

interface RaisedAlert {
  readonly kind: AlertKind
  readonly accountId?: string | null
  /** The operator who did it, and the one who did it with her. */
  readonly operatorId?: string | null
  readonly otherId?: string | null
  /** Numbers, ids and words of our own: never a name, and nothing that somebody typed. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
  /** Names what is told once, however often it is raised: an operator's limit within a day, say. */
  readonly once?: string
}

/** Raises an alert within the act; the log and the metrics hear of it once the act has committed. */
export async function raiseAlert(act: Act, alert: RaisedAlert): Promise<void> {
  const { kind, accountId = null, operatorId = null, otherId = null, detail = {}, once } = alert
  const isNew = await insertAlert(act.tx, {
    ...{ id: newId(), at: act.now, kind, detail: JSON.stringify(detail) },
    ...{ account_id: accountId, operator_id: operatorId, other_id: otherId },
    once: once === undefined ? null : `${kind}/${once}`,
  })
  if (!isNew) return
  const ids = { account: accountId, operator: operatorId, other: otherId }
  act.happened({ event: 'alert', detail: { kind, ...ids, ...detail } })
}
