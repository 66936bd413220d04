import { html } from 'hono/html'
import type { Html, PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'

/** The way to what the holder is told by mail. */
export function noticesCard({ texts }: PageContext, back: WayBack | null): Html {
  const words = texts.notices.card
  return html`<section class="card" aria-labelledby="notices-title">
    <h2 id="notices-title">${words.title}</h2>
    <p class="small">${words.text}</p>
    <p class="actions">
      <a class="button" href="${onward('/portal/notices', back)}">${words.link}</a>
    </p>
  </section>`
}
