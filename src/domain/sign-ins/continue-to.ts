import { isSealed, type Keys } from '../../kernel/secrets.ts'

/** A longer one is nowhere kept or sent on. In characters. */
export const longestContinueTo = 2048

const home = '/portal'
const interactions = '/oauth2/interaction/'

/**
 * The path that the browser is sent to after the sign-in: under /portal or /oauth2/interaction/ of our
 * own origin, as a browser would resolve it; anything else, and what is too long, becomes /portal.
 */
export function readContinueTo(text: string | undefined | null, origin: string): string {
  if (!text || !URL.canParse(text, origin)) return home
  const url = new URL(text, origin)
  const path = url.pathname
  const known = path === home || path.startsWith(`${home}/`) || path.startsWith(interactions)
  const address = path + url.search
  const isOurs = url.origin === origin && known && address.length <= longestContinueTo
  return isOurs ? address : home
}

/** The address of a sign-in that leads to that path. */
export function signInTo(continueTo: string): string {
  return continueTo === home ? '/sign-in' : `/sign-in?continueTo=${encodeURIComponent(continueTo)}`
}

/** The address at which a breached password is changed, which leads on to that path (rule 42). */
export function changePasswordBefore(continueTo: string): string {
  return `/portal/password?continueTo=${encodeURIComponent(continueTo)}`
}

/**
 * The form stored with a sign-in. An interaction's id is a bearer secret, which a query may name too, so
 * only a bare page of the portal is kept in clear.
 */
export function sealContinueTo(keys: Keys, signInId: string, continueTo: string): string {
  const isBare = continueTo.startsWith(home) && !continueTo.includes('?')
  return isBare ? continueTo : keys.seal('continue-to', signInId, continueTo)
}

/** The path given to `sealContinueTo`; a stored value that leads elsewhere becomes /portal. */
export function unsealContinueTo(
  { keys, origin }: { keys: Keys; origin: string },
  signInId: string,
  kept: string,
): string {
  return readContinueTo(isSealed(kept) ? keys.unseal('continue-to', signInId, kept) : kept, origin)
}
