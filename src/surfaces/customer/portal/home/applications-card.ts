import { html } from 'hono/html'
import { nameIn } from '../../../../domain/clients/client.ts'
import { formatTime } from '../../../../kernel/time.ts'
import type { Application } from '../../../../operations/openid/applications.ts'
import type { Html, PageContext } from '../../../frame/page.ts'

/** The applications that the account is connected with, each with a button to disconnect it. */
export function applicationsCard(
  context: PageContext,
  applications: readonly Application[],
): Html | '' {
  if (applications.length === 0) return ''
  const words = context.texts.takingBack.applications
  return html`<section class="card" aria-labelledby="applications-title">
    <h2 id="applications-title" tabindex="-1">${words.title}</h2>
    <p class="small">${words.text}</p>
    <ul class="items">
      ${applications.map((application) => applicationItem(context, application))}
    </ul>
  </section>`
}

function applicationItem(
  { texts, language, timeZone }: PageContext,
  { client, allowedAt, lastUsedAt }: Application,
): Html {
  const words = texts.takingBack.applications
  const { id, logo } = client
  const name = nameIn(client, language)
  const lastUsed =
    lastUsedAt === null ? words.neverUsed : words.used(formatTime(lastUsedAt, timeZone))
  const allowed = allowedAt === null ? words.own : words.allowed(formatTime(allowedAt, timeZone))
  return html`<li class="item">
    ${logo && html`<img src="${logo}" alt="" height="28" />`}
    <div>
      <p class="item-name">${name}</p>
      <p class="muted small"><span>${allowed}</span> <span>${lastUsed}</span></p>
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
