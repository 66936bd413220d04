import { html } from 'hono/html'
import type { Announcement, Deps } from '../../domain/deps.ts'
import { icon } from '../frame/icons.ts'
import type { Html, PageContext } from '../frame/page.ts'

/** The context of a page that shows the current announcements above its card. */
export async function withAnnouncements(
  { announcements }: Pick<Deps, 'announcements'>,
  context: PageContext,
): Promise<PageContext> {
  return { ...context, announced: announced(context, await announcements.current()) }
}

/** The kinds differ in word and drawing, not by colour alone. Each is a line that unfolds, above the fields. */
function announced(
  { texts, language }: PageContext,
  announcements: readonly Announcement[],
): Html | null {
  const words = texts.announcements
  if (announcements.length === 0) return null
  return html`<section class="announcements" aria-label="${words.label}">
    ${announcements.map(
      ({ kind, text }) =>
        html`<details class="notice ${kind === 'warning' ? 'warn' : 'info'}">
          <summary>
            ${icon(kind === 'warning' ? 'alert' : 'clock')}
            <span><strong>${words.kinds[kind]}</strong> ${text[language]}</span>
          </summary>
        </details>`,
    )}
  </section>`
}
