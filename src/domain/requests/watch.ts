// What the desk's acts call so that a supervisor sees what is unusual in them. Nothing here refuses.
import { hourIn } from '../../kernel/time.ts'
import { manyByPair, night, recoveredLately } from '../../limits/desk.ts'
import type { Act } from '../act.ts'
import { raiseAlert } from '../alerts/alerts.ts'
import type { AuditEvent } from '../audit/events.ts'
import { wasDoneByOperator } from '../audit/store.ts'
import type { RequestAct } from '../vocabulary/desk.ts'
import { countDoneByPair } from './done.ts'

/** A request as it is watched. */
interface Watched {
  readonly id: string
  readonly accountId: string | null
  readonly askerId: string
}

/** Raises an alert about a request that was asked at night, in the broker's zone. */
export async function watchAsked(act: Act, request: Watched): Promise<void> {
  const hour = hourIn(act.now, act.config.timeZone)
  if (hour < night.from && hour >= night.to) return
  const { id, accountId, askerId: operatorId } = request
  await raiseAlert(act, {
    kind: 'request-at-night',
    accountId,
    operatorId,
    detail: { request: id, hour },
  })
}

/**
 * Looks at a request that has just been done, once its row says so: whether one pair does many, and whether
 * an address was changed after a recovery.
 */
export async function watchDone(
  act: Act,
  request: Watched & { readonly approverId: string; readonly acts: readonly RequestAct[] },
): Promise<void> {
  const { id, accountId, askerId: operatorId, approverId: otherId, acts } = request
  const since = act.now - manyByPair.within
  const done = await countDoneByPair(act.tx, { operatorId, otherId, since, most: manyByPair.acts })
  if (done >= manyByPair.acts) {
    const pair = [operatorId, otherId].toSorted().join('/')
    const once = `${pair}/${Math.floor(act.now / manyByPair.within)}`
    const detail = { requests: done }
    await raiseAlert(act, { kind: 'many-by-pair', accountId, operatorId, otherId, detail, once })
  }
  if (accountId === null || !acts.includes('change-email')) return
  const together = acts.some((one) => one in recoveries)
  await watchAddressChange(act, { accountId, operatorId, otherId, request: id, together })
}

/** Acts after which somebody who was outside is inside, with the event of each. */
const recoveries: Partial<Record<RequestAct, AuditEvent['event']>> = {
  'remove-passkey': 'authn_passkey_removed',
  'resume-passkey': 'authn_passkey_resumed',
  reopen: 'authn_login_unlock',
  'reopen-many': 'authn_login_unlock',
  'activation-code': 'authn_activation_issued',
}

const recoveryEvents = [...new Set(Object.values(recoveries))]

/** Raises an alert about a changed address of an account that support had opened shortly before. */
export async function watchAddressChange(
  act: Act,
  change: {
    readonly accountId: string
    readonly operatorId?: string | null
    readonly otherId?: string | null
    readonly request?: string
    /** Whether the change came with a recovery. */
    readonly together?: boolean
  },
): Promise<void> {
  const { accountId, operatorId = null, otherId = null, request = null, together = false } = change
  const after = act.now - recoveredLately
  if (!together && !(await wasDoneByOperator(act.tx, accountId, recoveryEvents, after))) return
  const detail = { request, together }
  await raiseAlert(act, { kind: 'recovered-then-changed', accountId, operatorId, otherId, detail })
}
