import { html } from 'hono/html'
import { icon } from '../../frame/icons.ts'
import type { Html, PageContext } from '../../frame/page.ts'

/**
 * The abilities of this device in one line, which the page's script unfolds when something is missing;
 * unknown until it has looked.
 */
export function deviceCheck(context: PageContext, onPhone: boolean): Html {
  const words = context.texts.newPasskey
  const { thisComputer, thisPhone, phone } = words.name
  return html`<details class="checks fold">
    <summary>${words.checksTitle} <span class="state" id="checks-state"></span></summary>
    <p class="muted small" id="detected"></p>
    <ul>
      ${row(context, 'this-device', onPhone ? thisPhone : thisComputer, onPhone)}
      ${!onPhone && row(context, 'phone', phone, true)}
    </ul>
    <p class="small"><a href="/help/devices">${words.checksHelp}</a></p>
  </details>`
}

function row(
  { texts }: PageContext,
  of: 'this-device' | 'phone',
  name: string,
  isPhone: boolean,
): Html {
  const { checkUnknown, lockUnknown, bluetoothUnknown } = texts.browser.check
  return html`<li data-check="${of}" data-state="unknown">
    ${icon(isPhone ? 'phone' : 'computer')}
    <div>
      <p><strong>${name}</strong> <span class="state">${checkUnknown}</span></p>
      <p class="small">${of === 'phone' ? bluetoothUnknown : lockUnknown}</p>
    </div>
  </li>`
}
