import type { Deps } from '../../domain/deps.ts'
import { texts } from '../../text/texts.ts'
import type { PageContext } from './page.ts'
import type { Visit } from './visit.ts'

/** What every page is drawn with, for this request. */
export function pageContext(
  { config, assets }: Pick<Deps, 'config' | 'assets'>,
  visit: Visit,
  { signedIn = false }: { signedIn?: boolean } = {},
): PageContext {
  const language = visit.get('language')
  const { pathname, search } = new URL(visit.req.url)
  return {
    language,
    texts: texts[language],
    path: pathname + search,
    brand: { name: config.brand.name, logo: config.brand.logoPath && '/assets/brand-logo' },
    links: config.links,
    supportPhone: config.supportPhone,
    timeZone: config.timeZone,
    asset: assets.address,
    signedIn,
  }
}
