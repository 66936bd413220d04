import { html } from 'hono/html'
import { nameIn, type Client } from '../../../../domain/clients/client.ts'
import type { Html, PageContext } from '../../../frame/page.ts'

/** The broker's own applications that have a home, each with a link to it. */
export function homesCard({ texts, language }: PageContext, clients: readonly Client[]): Html | '' {
  const homes = clients.filter(({ settings }) => settings.homeUri && !settings.thirdParty)
  if (homes.length === 0) return ''
  return html`<section class="card" aria-labelledby="homes-title">
    <h2 id="homes-title">${texts.portal.homesTitle}</h2>
    <ul class="items">
      ${homes.map(
        (client) =>
          html`<li class="item">
            ${client.logo && html`<img src="${client.logo}" alt="" height="28" />`}
            <a class="home" href="${client.settings.homeUri}">${nameIn(client, language)}</a>
          </li>`,
      )}
    </ul>
  </section>`
}
