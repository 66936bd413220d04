import { html } from 'hono/html'
import type { Html } from '../../frame/page.ts'
import { supportContact } from '../../frame/support-contact.ts'
import type { HelpContent } from './pages.ts'
import { passage } from './parts.ts'

/** `/help/card`: what to have on paper when the device is gone. It holds no secret, and no room for one. */
export function cardContent(content: HelpContent): Html {
  const { help, site } = content
  const { title, lead, telephone, address, say, fields, never } = help.card
  return html`<p class="back"><a href="/help">${help.title}</a></p>
    <div class="help-head">
      <h1>${title}</h1>
      <p class="no-print">${lead}</p>
    </div>
    <section class="card contact-card" aria-labelledby="contact-card-title">
      <h2 id="contact-card-title">${telephone}</h2>
      ${supportContact(content, '')}
      <h3>${address}</h3>
      <p translate="no">${site.origin}</p>
      <h3>${say.title}</h3>
      ${passage(say)} ${fields.map((field) => html`<p class="by-hand">${field}</p>`)}
      <p class="small">${never}</p>
    </section>`
}
