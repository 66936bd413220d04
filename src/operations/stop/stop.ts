import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps, type Refusal } from '../../domain/act.ts'
import { asGuest, asHolder } from '../../domain/actor.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { noSignIn, type SignIn } from '../../domain/sign-ins/sign-in.ts'
import { deleteSignIn } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import { findKnownBrowser } from '../../domain/throttle/known-browsers.ts'
import { customerNetwork } from '../../domain/throttle/network.ts'
import { chargeStop, stopWait } from '../../domain/throttle/stops.ts'
import type { StopLevel } from '../../domain/vocabulary/life.ts'
import type { Caller, KnownCaller } from '../../kernel/caller.ts'
import { waitProblem } from '../../kernel/http/problem.ts'
import { stopsPerNetwork } from '../../limits/stops.ts'
import { stopAccount } from './stop-account.ts'
import { tellNetwork } from './watch-stops.ts'

/** Stops the account of a session, as far as the holder wants it. */
export async function stopFromSession(
  deps: ActDeps,
  { account: { id } }: Session,
  level: StopLevel,
  caller: Caller,
): Promise<void> {
  await transact(deps, asHolder(caller), async (act) => {
    const held = await holdAccount(act, { id })
    await stopAccount(act, held, { level, way: 'session', network: null })
  })
}

/**
 * Stops sign-in to the account whose password this attempt has given. 404 `no_sign_in` where it has ended, or its
 * factors have changed since; 429 `too_many_stops` for a network whose browsers the accounts did not know.
 */
export async function stopFromSignIn(
  deps: ActDeps,
  signIn: SignIn,
  { caller, tokens }: KnownCaller,
): Promise<void> {
  const { id, factorsVersion } = signIn.account
  await transact(deps, asGuest(caller), async (act) => {
    const held = await holdAccount(act, { id })
    if (held.factorsVersion !== factorsVersion) throw noSignIn()
    const known = await findKnownBrowser(act.tx, id, tokens, act.now)
    if (known !== null) {
      await end(act, signIn)
      return stopAccount(act, held, { level: 'sign-in', way: 'known-browser', network: null })
    }
    const network = caller.address === null ? null : customerNetwork(caller.address)
    const refusal = network && (await chargeStranger(act, network))
    if (refusal) return refusal
    await end(act, signIn)
    await stopAccount(act, held, { level: 'sign-in', way: 'unknown-browser', network })
  })
}

/** Takes the attempt, which serves once: a throw, so that a stop of one that has ended is charged to nobody. */
async function end(act: Act, { id, account }: SignIn): Promise<void> {
  if (!(await deleteSignIn(act.tx, id))) throw noSignIn()
  recordUnfinished(act, { id, accountId: account.id }, 'stopped')
}

async function chargeStranger(act: Act, network: string): Promise<Refusal | null> {
  const stops = await chargeStop(act, network)
  if (stops === null) {
    return act.refuse(waitProblem('too_many_stops', await stopWait(act, network)))
  }
  if (stops === stopsPerNetwork.failures) await tellNetwork(act, network, stops)
  return null
}
