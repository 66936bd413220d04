import { isSealed, type Keys } from '../../kernel/secrets.ts'

const home = '/portal'
const interactions = '/oauth2/interaction/'

/**
 * Where a sign-in leads when it is done: a path under /portal or /oauth2/interaction/ of our own
 * origin, as a browser would read it; anything else is /portal.
 */
export function readContinueTo(text: string | undefined | null, origin: string): string {
  if (!text || !URL.canParse(text, origin)) return home
  const url = new URL(text, origin)
  const path = url.pathname
  const known = path === home || path.startsWith(`${home}/`) || path.startsWith(interactions)
  return url.origin === origin && known ? path + url.search : home
}

/** As it is kept with a sign-in: an interaction's id is a bearer secret, an address of ours is none. */
export function sealContinueTo(keys: Keys, signInId: string, continueTo: string): string {
  return continueTo.startsWith(interactions)
    ? keys.seal('continue-to', signInId, continueTo)
    : continueTo
}

/** What `sealContinueTo` was given; anything that leads elsewhere, whoever wrote it there, is /portal. */
export function unsealContinueTo(
  { keys, origin }: { keys: Keys; origin: string },
  signInId: string,
  kept: string,
): string {
  return readContinueTo(isSealed(kept) ? keys.unseal('continue-to', signInId, kept) : kept, origin)
}
