import type { Deps } from '../../domain/deps.ts'
import { factors, type Factor } from '../../domain/factors/factors.ts'
import { unsealContinueTo } from '../../domain/sign-ins/continue-to.ts'
import { noSignIn, type SignIn } from '../../domain/sign-ins/sign-in.ts'
import { selectLiveSignIn } from '../../domain/sign-ins/store.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { readToken } from './cookies.ts'
import type { Visit } from './visit.ts'

type CurrentDeps = Pick<Deps, 'db' | 'keys' | 'now' | 'site'>

/** The live sign-in of this browser, or null. */
export async function currentSignIn(
  { db, keys, now, site: { origin } }: CurrentDeps,
  visit: Visit,
): Promise<SignIn | null> {
  const token = readToken(visit, 'sign-in')
  const signIn = token && (await selectLiveSignIn(db, hashToken(token), now()))
  if (!signIn) return null
  const continueTo = unsealContinueTo({ keys, origin }, signIn.id, signIn.continueTo)
  return { ...signIn, continueTo }
}

/** The live sign-in of this browser; 404 `no_sign_in` without one. */
export async function requireSignIn(deps: CurrentDeps, visit: Visit): Promise<SignIn> {
  const signIn = await currentSignIn(deps, visit)
  if (!signIn) throw noSignIn()
  return signIn
}

/** As `requireSignIn`; 409 `wrong_step` when another second factor is in force. */
export async function requireStep(
  deps: CurrentDeps,
  visit: Visit,
  factor: Factor,
): Promise<SignIn> {
  const signIn = await requireSignIn(deps, visit)
  if (signIn.account.secondFactor === factor) return signIn
  const { step } = factors[signIn.account.secondFactor]
  throw new Problem('wrong_step', { extras: { step } })
}
