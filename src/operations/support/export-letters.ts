import { openLetter, takeLetters } from '../../domain/accounts/letters.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { inBatches } from '../../domain/tables/batch.ts'
import { toIso } from '../../kernel/clock.ts'

/** What goes into an envelope, in the words of the API. */
export interface Letter {
  readonly loginId: string
  readonly displayName: string
  readonly activationCode: string
  readonly expiresAt: string
}

/** Hands out the activation codes that wait for a letter: each is gone once it was returned. */
export async function exportLetters(deps: ActDeps, operator: Operator): Promise<readonly Letter[]> {
  const letters: Letter[] = []
  await inBatches(async () => {
    const { taken, batch } = await transact(deps, fromNowhere(operator), async (act) => {
      const taken = await takeLetters(act.tx)
      const good = taken.filter(({ until }) => until > act.now)
      const batch = good.map(({ id, loginId, displayName, sealed, until }) => {
        record(act, { event: 'authn_activation_given', accountId: id, detail: { way: 'letter' } })
        const activationCode = openLetter(act.keys, id, sealed)
        return { loginId, displayName, activationCode, expiresAt: toIso(until) }
      })
      return { taken: taken.length, batch }
    })
    letters.push(...batch)
    return taken
  })
  return letters
}
