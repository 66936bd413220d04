// The kinds of requests in the metrics. They are few and of our own making, whatever address is asked for.

/** The first that fits. */
const kinds: readonly (readonly [kind: string, paths: RegExp])[] = [
  ['sign-in', /^\/api\/sign-in(\/|$)/],
  ['session', /^\/api\/sessions?(\/|$)/],
  ['passkeys', /^\/api\/(passkeys|second-factor)(\/|$)/],
  ['api', /^\/api\//],
  ['token', /^\/oauth2\/(token|introspect|revoke)\b/],
  ['openid', /^\/(oauth2|\.well-known)\//],
  ['assets', /^\/assets\//],
  ['help', /^\/(help|manual)(\/|$)/],
  ['pages', /^\/($|(sign-in|portal)(\/|$))/],
]

/** The kind of a request line's path; what has none is `other`. */
export function kindOf(url: string): string {
  const path = url.split('?', 1)[0] ?? ''
  return kinds.find(([, paths]) => paths.test(path))?.[0] ?? 'other'
}
