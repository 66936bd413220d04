import { html } from 'hono/html'
import { facts, findFacts } from '../../../../text/environments.ts'
import { icon } from '../../../frame/icons.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { machineOf } from './machine.ts'

/** What the page's script says of this device: the sentence when all is well, and those when it cannot verify. */
export interface OwnWords {
  readonly ready: string
  readonly missing: readonly {
    readonly sign?: string
    readonly works: string
    readonly says: string
  }[]
  /** The browser has no passkeys. */
  readonly none: string
}

/**
 * The abilities of this device in one line, which the page's script unfolds when something is missing;
 * unknown until it has looked. What is known of the browser without looking stands there already.
 */
export function deviceCheck(context: PageContext): Html {
  const { onPhone } = machineOf(context)
  const words = context.texts.newPasskey
  const { thisComputer, thisPhone } = words.name
  return html`<details class="checks fold">
    <summary>${words.checksTitle} <span class="state" id="checks-state"></span></summary>
    <p class="muted small" id="detected"></p>
    <ul>
      <li
        data-check="this-device"
        data-state="unknown"
        data-own="${JSON.stringify(ownWords(context))}"
      >
        ${icon(onPhone ? 'phone' : 'computer')}
        <div>
          <p>
            <strong>${onPhone ? thisPhone : thisComputer}</strong>
            <span class="state">${context.texts.browser.check.checkUnknown}</span>
          </p>
          <p class="small">${context.texts.browser.check.lockUnknown}</p>
        </div>
      </li>
      ${!onPhone && phoneRow(context)}
    </ul>
    <p class="small"><a href="/help/devices">${words.checksHelp}</a></p>
  </details>`
}

function phoneRow({ texts, device, language }: PageContext): Html {
  const { checkBluetooth, checkUnable, bluetoothUnknown } = texts.browser.check
  const [fact] = findFacts('phone', device)
  const unable = fact?.works === 'no'
  return html`<li
    data-check="phone"
    data-state="${unable ? 'unable' : 'unknown'}"
    data-known="${fact ? 'true' : ''}"
  >
    ${icon('phone')}
    <div>
      <p>
        <strong>${texts.newPasskey.name.phone}</strong>
        <span class="state">${unable ? checkUnable : checkBluetooth}</span>
      </p>
      <p class="small">${fact?.says[language] ?? bluetoothUnknown}</p>
    </div>
  </li>`
}

function ownWords({ texts, device, language }: PageContext): OwnWords {
  const { helloReady, lockReady } = texts.newPasskey
  return {
    ready: device.system === 'Windows' ? helloReady : lockReady,
    missing: findFacts('own', device).map(({ sign, works, says }) => ({
      ...(sign && { sign }),
      works,
      says: says[language],
    })),
    none: facts.browser.none.says[language],
  }
}
