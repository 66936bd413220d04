import { html } from 'hono/html'
import type { Html, PageContext } from '../../../frame/page.ts'

/** What a card shows of a long list; the rest is folded up. */
const shownAtOnce = 4

/** The items of a card's list. */
export function folded({ texts }: PageContext, items: readonly Html[]): Html {
  const [shown, more] = [items.slice(0, shownAtOnce), items.slice(shownAtOnce)]
  return html`<ul class="items">
      ${shown}
    </ul>
    ${
      more.length > 0 &&
      html`<details class="fold">
        <summary>${texts.takingBack.more(more.length)}</summary>
        <ul class="items">
          ${more}
        </ul>
      </details>`
    }`
}
