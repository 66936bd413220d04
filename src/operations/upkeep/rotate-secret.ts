// What lies sealed in the database is sealed anew by the first of several secrets, so that the others can go.
import { selectLastActivation } from '../../domain/accounts/letters.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { resealMail } from '../../domain/outbox/outbox.ts'
import { mailResealing, selectWaitingAfter, type LaneName } from '../../domain/outbox/store.ts'
import { batchSize, inBatches } from '../../domain/tables/batch.ts'
import { recordSecret } from '../../domain/tables/database.ts'
import { codeLifetime } from '../../limits/codes.ts'
import { signInLifetime } from '../../limits/sessions.ts'
import { resealKeys } from '../openid/signing-keys.ts'

interface Rotated {
  readonly signingKeys: number
  readonly mails: number
  /** When nothing is under way any more that another secret has made before. */
  readonly othersGoAt: number
}

/**
 * Seals signing keys and waiting mails by the first secret, and makes that one the database's own. What is
 * short-lived (codes, challenges, sign-ins under way) is not touched: it ends by itself. So do activation codes,
 * which are on their way for longer: until the last of them has ended, the others stay.
 */
export async function rotateSecret(deps: ActDeps, operator: Operator): Promise<Rotated> {
  const by = fromNowhere(operator)
  const { signingKeys, begun, lastActivation } = await transact(deps, by, async (act) => {
    await recordSecret(act.tx, act.keys)
    record(act, { event: 'sys_secret_rotated' })
    const lastActivation = await selectLastActivation(act.tx, act.now)
    return { signingKeys: await resealKeys(act), begun: act.now, lastActivation }
  })
  const mails =
    (await resealLane(deps, operator, 'codes')) + (await resealLane(deps, operator, 'notices'))
  const othersGoAt = Math.max(begun + Math.max(codeLifetime, signInLifetime), lastActivation ?? 0)
  return { signingKeys, mails, othersGoAt }
}

async function resealLane(deps: ActDeps, operator: Operator, lane: LaneName): Promise<number> {
  let [last, count] = [{ next_try_at: 0, id: '' }, 0]
  await inBatches(async () => {
    const rows = await transact(deps, fromNowhere(operator), async ({ tx, keys, later }) => {
      const waiting = await selectWaitingAfter(tx, lane, last, batchSize)
      for (const row of waiting) {
        const { id, sealed } = row
        if (sealed !== null) later(() => mailResealing(tx, row, resealMail(keys, id, sealed)))
      }
      return waiting
    })
    count += rows.length
    last = rows.at(-1) ?? last
    return rows.length
  })
  return count
}
