import type { Language } from '../ground/language.ts'
import { withAnnouncements } from '../announcements/pages.ts'
import type { Deps } from '../deps.ts'
import { pageContext } from '../ground/page-context.ts'
import { page, type Html } from '../ground/page.ts'
import type { Visit } from '../ground/visit.ts'
import type { HelpTexts } from '../text/help/help-texts.ts'
import { texts } from '../text/texts.ts'
import { fillIn } from './fill-in.ts'
import { devicesContent, helpContent, lostContent, type HelpContent } from './pages.ts'

type Draw = (content: HelpContent) => Html

/** The help, for everybody. Its content is drawn once in each language, and needs no database. */
export function helpPages({
  config,
}: Pick<Deps, 'config'>): readonly (readonly [string, (visit: Visit) => Promise<Response>])[] {
  const contentIn = (language: Language): HelpContent => {
    const help = fillIn(config.helpTexts[language], config, language)
    return { help, texts: texts[language], config }
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
  ]
}
