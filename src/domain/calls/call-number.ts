// 「受付番号」: what a page knows of who is stuck there, for support. Whoever has the number may do nothing by it.
import { newCallNumber, newId } from '../../kernel/secrets.ts'
import { callNumberLifetime, callNumbersPerNetwork } from '../../limits/calls.ts'
import type { Act } from '../act.ts'
import { customerNetwork } from '../throttle/network.ts'
import { chargeWindow, fullWindow } from '../throttle/store.ts'
import type { StuckPage } from './call.ts'
import { deleteFormerNumbers, insertCallNumber } from './store.ts'

/** Refuses with 429 `too_many_attempts` where one network asks for too many numbers. */
export async function chargeNetwork({ tx, now }: Act, address: string | null): Promise<void> {
  if (address === null) return
  const key = `call-number/${customerNetwork(address)}`
  const count = await chargeWindow(tx, key, callNumbersPerNetwork, now)
  if (count === null) throw await fullWindow(tx, key, now)
}

/**
 * Makes a number for a browser, by the hash of its token; what it, the sign-in or the session had before is void.
 * No two live ones are alike.
 */
export async function issueNumber(
  act: Act,
  page: StuckPage,
  { tokenHash, replaces }: { readonly tokenHash: string; readonly replaces: string | null },
  draw: () => string = newCallNumber,
): Promise<{ id: string; number: string; expiresAt: number }> {
  const { tx, keys, now } = act
  await deleteFormerNumbers(tx, { ...page, tokenHash: replaces })
  const [id, expiresAt] = [newId(), now + callNumberLifetime]
  for (let tries = 0; tries < mostDraws; tries += 1) {
    const number = draw()
    const row = { ...page, id, tokenHash, madeAt: now, expiresAt }
    if (await insertCallNumber(tx, { ...row, numberHash: keys.hash('call', number) })) {
      return { id, number, expiresAt }
    }
  }
  throw new Error('no number is free')
}

/** So many in a row are taken only when nearly all are. */
const mostDraws = 100
