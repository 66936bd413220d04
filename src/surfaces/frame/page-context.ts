import { zoneIn } from '../../kernel/time.ts'
import { texts } from '../../text/texts.ts'
import type { PageContext } from './page.ts'
import { siteIn, type SurfaceDeps } from './site.ts'
import type { Visit } from './visit.ts'

/** The context of every page that answers this request. */
export function pageContext(
  { config, site, assets }: Pick<SurfaceDeps, 'config' | 'site' | 'assets'>,
  visit: Visit,
  { start = null }: { start?: string | null } = {},
): PageContext {
  const language = visit.get('language')
  const { pathname, search } = new URL(visit.req.url)
  return {
    language,
    texts: texts[language],
    path: pathname + search,
    site: siteIn(site, language),
    holdWords: config.holdScope,
    timeZone: zoneIn(language, config.timeZone),
    asset: assets.address,
    start,
    device: visit.get('device'),
  }
}
