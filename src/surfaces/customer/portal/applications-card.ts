import { html } from 'hono/html'
import { nameIn } from '../../../domain/clients/client.ts'
import type { Consent } from '../../../domain/clients/store.ts'
import { formatTime } from '../../../kernel/time.ts'
import type { Html, PageContext } from '../../frame/page.ts'

/** The applications that the holder allows, each with a button to disconnect it. */
export function applicationsCard(context: PageContext, consents: readonly Consent[]): Html | '' {
  if (consents.length === 0) return ''
  const words = context.texts.portal.applications
  return html`<section class="card" aria-labelledby="applications-title">
    <h2 id="applications-title" tabindex="-1">${words.title}</h2>
    <p class="small">${words.text}</p>
    <ul class="items">
      ${consents.map((consent) => applicationItem(context, consent))}
    </ul>
  </section>`
}

function applicationItem({ texts, language, timeZone }: PageContext, consent: Consent): Html {
  const words = texts.portal.applications
  const { client, givenAt, lastUsedAt } = consent
  const { id, logo } = client
  const name = nameIn(client, language)
  const lastUsed =
    lastUsedAt === null ? words.neverUsed : words.used(formatTime(lastUsedAt, timeZone))
  return html`<li class="item">
    ${logo && html`<img src="${logo}" alt="" height="28" />`}
    <div>
      <p class="item-name">${name}</p>
      <p class="muted small">
        <span>${words.allowed(formatTime(givenAt, timeZone))}</span> <span>${lastUsed}</span>
      </p>
    </div>
    <button
      class="button small"
      type="button"
      data-application="${id}"
      aria-label="${words.endName(name)}"
      disabled
    >
      ${words.end}
    </button>
  </li>`
}
