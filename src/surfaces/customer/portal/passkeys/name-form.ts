import { html } from 'hono/html'
import { icon, type IconName } from '../../../frame/icons.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { actionBar } from '../../../parts/action-bar.ts'
import { dialogState } from '../../../parts/dialog-state.ts'
import { deviceCheck } from './device-check.ts'
import { deviceGuides } from './device-guide.ts'
import { machineOf } from './machine.ts'
import type { NewPasskeyPageParts } from './new-passkey-parts.ts'

/** The name and the device of the new passkey, and its dialogs in drawings (docs/screens.md, M1, M3, M4). */
export function passkeyNameForm(context: PageContext, parts: NewPasskeyPageParts): Html {
  const words = context.texts.newPasskey.name
  const { suggestions, passkeys, suspended, registerUntil, now } = parts
  const { onPhone } = machineOf(context)
  return html`${deviceCheck(context)}
    <p class="lead"><span>${words.lead}</span></p>
    <form
      class="form"
      id="name-form"
      method="post"
      autocomplete="off"
      novalidate
      data-now="${now}"
      data-until="${registerUntil ?? ''}"
      data-taken="${JSON.stringify([...passkeys, ...suspended].map(({ name }) => name))}"
      data-suggestions="${JSON.stringify(suggestions)}"
    >
      ${deviceGuides(context)}
      <div class="choosing">
        <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
        <div class="field">
          <label for="name">${words.name}</label>
          <input
            id="name"
            name="name"
            type="text"
            value="${suggestions['this-device']}"
            aria-describedby="problem name-hint"
            required
          />
          <ul class="hint" id="name-hint">
            <li data-name-of="this-device">${words.detected}</li>
            ${!onPhone && html`<li data-name-of="phone" hidden>${words.ofPhone}</li>`}
            <li><strong>${words.fixed}</strong></li>
            <li>${words.limit}</li>
          </ul>
        </div>
        <fieldset class="choices">
          <legend>${words.device}</legend>
          ${
            onPhone
              ? device('this-device', 'phone', words.thisPhone, words.thisPhoneHint, true)
              : html`${device(
                  'this-device',
                  'computer',
                  words.thisComputer,
                  words.thisComputerHint,
                  true,
                  notReady(context),
                )}
                ${device('phone', 'phone', words.phone, words.phoneHint, false)}`
          }
        </fieldset>
        ${passkeys.length === 0 && html`<p class="notice warn">${words.holdBy} ${parts.holdAhead}</p>`}
        <p class="timer">
          ${icon('clock')}
          <span><strong id="remaining" role="timer"></strong></span>
        </p>
        <p class="visually-hidden" id="announcement" role="status"></p>
        <p class="notice warn" id="warning" hidden></p>
        <p id="over" hidden><a href="/portal/passkeys/new">${words.untilAgain}</a></p>
        ${actionBar(dialogState(context), words.submit)}
      </div>
    </form>`
}

/** Takes the hint's place where the page's script finds Windows Hello missing, and says why. */
function notReady({ texts: { newPasskey }, device }: PageContext): Html | null {
  if (device.system !== 'Windows') return null
  return html`<div class="choice-note" id="not-ready" hidden>
    <p id="not-ready-why"><strong>${newPasskey.notReady}</strong> <span></span></p>
    <p><a href="ms-settings:signinoptions">${newPasskey.openSettings}</a></p>
  </div>`
}

function device(
  value: 'this-device' | 'phone',
  drawing: IconName,
  label: string,
  hint: string,
  checked: boolean,
  note: Html | null = null,
): Html {
  return html`<div class="choice">
    <input
      type="radio"
      name="device"
      id="device-${value}"
      value="${value}"
      aria-describedby="device-${value}-hint"
      ${checked && 'checked'}
    />
    ${icon(drawing)}
    <div class="choice-text">
      <label class="choice-name stretch" for="device-${value}">${label}</label>
      <p class="choice-note" id="device-${value}-hint">${hint}</p>
      ${note}
    </div>
  </div>`
}
