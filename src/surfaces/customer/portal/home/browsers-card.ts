import { html } from 'hono/html'
import type { BrowserRow } from '../../../../domain/throttle/browser-list.ts'
import { formatTime } from '../../../../kernel/time.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { deviceWords } from '../passkeys/device-words.ts'
import { folded } from './folded.ts'

/** The browsers that the account knows, each with a button to forget it. */
export function browsersCard(context: PageContext, browsers: readonly BrowserRow[]): Html | '' {
  if (browsers.length === 0) return ''
  const words = context.texts.takingBack.browsers
  const items = browsers.map((browser) => browserItem(context, browser))
  return html`<section class="card" aria-labelledby="browsers-title">
    <h2 id="browsers-title" tabindex="-1">${words.title}</h2>
    <p class="small">${words.text}</p>
    ${folded(context, items)}
  </section>`
}

function browserItem({ texts, timeZone }: PageContext, row: BrowserRow): Html {
  const words = texts.takingBack.browsers
  const device = deviceWords(texts.portal, row) ?? texts.portal.unknownBrowser
  const last = formatTime(row.lastAt, timeZone)
  return html`<li class="item">
    <div>
      <p class="item-name">
        ${device} ${row.current && html`<span class="badge">${words.current}</span>`}
      </p>
      <p class="muted small">
        <span>${words.last(last)}</span>
        ${row.firstAt !== null && html`<span>${words.first(formatTime(row.firstAt, timeZone))}</span>`}
      </p>
    </div>
    <button
      class="button small"
      type="button"
      data-browser="${row.id}"
      aria-label="${words.forgetName(device, last)}"
      disabled
    >
      ${words.forget}
    </button>
  </li>`
}
