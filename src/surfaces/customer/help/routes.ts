import type { Language } from '../../../kernel/http/language.ts'
import type { HelpTexts } from '../../../text/help/help-texts.ts'
import { texts } from '../../../text/texts.ts'
import { pageContext } from '../../frame/page-context.ts'
import { page, type Html } from '../../frame/page.ts'
import { siteIn, type SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'
import { withAnnouncements } from '../../parts/announcements.ts'
import { cardContent } from './contact-card.ts'
import { fillIn } from './fill-in.ts'
import { devicesContent, helpContent, lostContent, type HelpContent } from './pages.ts'

type Draw = (content: HelpContent) => Html

/** The help, for everybody. Its content is drawn once in each language, and needs no database. */
export function helpPages({
  config,
  site,
}: Pick<SurfaceDeps, 'config' | 'site'>): readonly (readonly [
  string,
  (visit: Visit) => Promise<Response>,
])[] {
  const contentIn = (language: Language): HelpContent => {
    const { helpTexts, holdMilliseconds, holdScope } = config
    const help = fillIn(
      helpTexts[language],
      { ...siteIn(site, language), holdMilliseconds, holdScope },
      language,
    )
    return { help, texts: texts[language], language, site }
  }
  const contents = { ja: contentIn('ja'), en: contentIn('en') }
  const show = (draw: Draw, title: (help: HelpTexts) => string) => {
    const drawn = { ja: draw(contents.ja), en: draw(contents.en) }
    return async (visit: Visit) => {
      const deps = visit.get('deps')
      const context = await withAnnouncements(deps, pageContext(deps, visit))
      const { language } = context
      const parts = { title: title(contents[language].help), main: drawn[language] }
      return visit.html(page(context, { ...parts, sheet: 'help.css', wide: true }))
    }
  }
  return [
    ['/help', show(helpContent, ({ title }) => title)],
    ['/help/devices', show(devicesContent, ({ devices }) => devices.title)],
    ['/help/lost', show(lostContent, ({ lost }) => lost.title)],
    ['/help/card', show(cardContent, ({ card }) => card.title)],
  ]
}
