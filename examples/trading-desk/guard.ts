// What every answer carries, and who may write.
import type { MiddlewareHandler } from 'hono'
import type { DeskSettings } from './settings.ts'

/** Paths that programs call, with a proof of their own in place of a cookie. */
const forPrograms = /^\/(?:api\/|backchannel-logout$)/

/**
 * Writes come from our own pages. `SameSite` is not enough for that: another port of the same host is
 * the same site.
 */
export function guard({ origin, issuer }: DeskSettings): MiddlewareHandler {
  const secure = origin.startsWith('https:')
  const headers = {
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      // A form may lead on to the sign-in, which browsers count as where it is sent.
      `form-action 'self' ${new URL(issuer).origin}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(secure && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
  return async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!reads && !forPrograms.test(c.req.path) && c.req.header('origin') !== origin) {
      return c.text('cross-site', 403)
    }
    await next()
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    return undefined
  }
}
