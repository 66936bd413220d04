const home = '/portal'

/**
 * Where a sign-in leads when it is done: a path under /portal or /oauth2/interaction/ of our own
 * origin, as a browser would read it; anything else is /portal.
 */
export function readContinueTo(text: string | undefined | null, origin: string): string {
  if (!text || !URL.canParse(text, origin)) return home
  const url = new URL(text, origin)
  const path = url.pathname
  const known =
    path === home || path.startsWith(`${home}/`) || path.startsWith('/oauth2/interaction/')
  return url.origin === origin && known ? path + url.search : home
}
