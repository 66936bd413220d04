// Every address that a node answers, as its own table of routes has them.
import { createApp } from '../../../src/surfaces/customer/app.ts'
import type { SurfaceDeps } from '../../../src/surfaces/frame/site.ts'
import { startOidc } from '../../../src/surfaces/oidc/start.ts'

/** What the library answers below `/oauth2/*`, by the names that it publishes and some that it hides. */
const below = {
  '/oauth2/*': [
    ...['authorize', 'authorize/:uid', 'token', 'par', 'jwks', 'userinfo', 'introspection'],
    ...['revocation', 'logout', 'logout/confirm', 'logout/success', 'register', 'device'],
  ].map((name) => `/oauth2/${name}`),
}

/** The paths that take GET, with `:name` for a part that is not fixed. */
export async function addressesOf(deps: SurfaceDeps): Promise<readonly string[]> {
  const oidc = await startOidc(deps)
  try {
    const app = createApp(deps, oidc, { pictures: { ja: {}, en: {} }, pdf: null, files: new Map() })
    const isGet = (method: string) => method === 'GET' || method === 'ALL'
    const paths = app.routes.filter(({ method }) => isGet(method)).map(({ path }) => path)
    return [...new Set(paths)].flatMap((path) =>
      path === '/*' ? [] : (below[path as '/oauth2/*'] ?? path),
    )
  } finally {
    await oidc.stop()
  }
}
