import type { IncomingHttpHeaders } from 'node:http'
import type { Seam } from './seam.ts'

export const forgedRequest: Seam = {
  changes: `The library is shown \`x-forwarded-proto\` and \`x-forwarded-host\` of our own, and, while the
    browser has a session with us, a cookie for the library's session.`,
  because: `The library would build addresses from headers that a caller may invent, where our settings
    have the origin. And it looks for a session only when a cookie came, while a browser that signed in
    on our pages has none of the library's. Of two cookies of one name the library reads the first.`,
  texts: [
    ['models/session.js', `provider.cookieName('session')`],
    ['models/session.js', 'session = await this.find(cookieSessionId)'],
  ],
}

/** Rewrites the headers of a request before the library reads them. */
export function forgeRequest(
  headers: IncomingHttpHeaders,
  origin: string,
  /** The name of the library's session cookie, for a browser that has a session with us. */
  sessionCookie: string | null,
): void {
  const { protocol, host } = new URL(origin)
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  headers['x-forwarded-host'] = host
  if (sessionCookie !== null) headers.cookie = `${sessionCookie}=own; ${headers.cookie ?? ''}`
}
