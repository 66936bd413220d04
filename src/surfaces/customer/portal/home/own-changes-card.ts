import { html } from 'hono/html'
import type { Html, PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'

/** The ways to what a holder changes alone. */
export function ownChangesCard({ texts }: PageContext, back: WayBack | null): Html {
  const words = texts.ownChanges.card
  return html`<section class="card" aria-labelledby="own-changes-title">
    <h2 id="own-changes-title">${words.title}</h2>
    <p class="small">${words.text}</p>
    <p class="actions">
      <a class="button" href="${onward('/portal/password', back)}">${words.password}</a>
      <a class="button" href="${onward('/portal/email', back)}">${words.email}</a>
    </p>
  </section>`
}
