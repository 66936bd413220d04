// The addresses of an app: each is mounted once for each method, and refuses the others.
import type { Handler, Hono } from 'hono'
import { Problem } from '../../kernel/http/problem.ts'
import { brandStyles } from './brand.ts'
import { brandLogo, brandSheet } from './page.ts'
import { serveAsset, serveText } from './serve.ts'
import type { SurfaceDeps } from './site.ts'
import type { VisitEnv } from './visit.ts'

interface Addresses {
  mount(method: string, path: string, handler: Handler<VisitEnv>): void
  /** To be called last: 405 for every other method of a mounted address. */
  refuseOtherMethods(): void
}

export function addressesOf(app: Hono<VisitEnv>): Addresses {
  const allowed = new Map<string, string[]>()
  return {
    mount(method, path, handler) {
      app.on(method, path, handler)
      allowed.set(path, [...(allowed.get(path) ?? []), method])
    },
    refuseOtherMethods() {
      for (const [path, methods] of allowed) app.all(path, methodNotAllowed(methods))
    },
  }
}

/** What the pages of a site load: its built files, and the brand's own. */
export function mountAssets({ mount }: Addresses, { site, assets }: SurfaceDeps): void {
  mount('GET', brandSheet, serveText('text/css', brandStyles(site.brand.color)))
  if (site.brand.logoPath) mount('GET', brandLogo, serveAsset(site.brand.logoPath))
  for (const [path, file] of assets.files) mount('GET', path, serveAsset(file))
}

/** Refuses with 405, and names the methods that an address has. */
export function methodNotAllowed(methods: readonly string[]): Handler<VisitEnv> {
  return (visit) => {
    visit.header('Allow', methods.join(', '))
    throw new Problem('method_not_allowed')
  }
}
