import { html } from 'hono/html'
import type { Html, PageContext } from '../../../frame/page.ts'

/** Shown by the page's script after a phone was used on a computer that could hold a passkey itself. */
export function offerCard({ texts }: PageContext): Html {
  const words = texts.portal.offer
  return html`<section class="notice" id="offer" aria-labelledby="offer-title" hidden>
    <h2 id="offer-title">${words.title}</h2>
    <p>${words.text}</p>
    <p class="actions">
      <button class="button" id="offer-accept" type="button" disabled>${words.accept}</button>
      <button class="button quiet" id="offer-decline" type="button">${words.decline}</button>
    </p>
  </section>`
}
