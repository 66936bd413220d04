import { html } from 'hono/html'
import { icon } from '../ground/icons.ts'
import type { IconName } from '../ground/icons.ts'
import type { Html, PageContext } from '../ground/page.ts'
import type { NewPasskeyPageParts } from './new-passkey-page.ts'

/** The name and the device of the new passkey, and what its dialogs will ask (MANUAL.md, M1, M3, M4). */
export function passkeyNameForm(context: PageContext, parts: NewPasskeyPageParts): Html {
  const words = context.texts.newPasskey.name
  const { onPhone, suggestions, passkeys, registerUntil, now } = parts
  return html`<p class="lead"><span>${words.lead}</span></p>
    <form
      class="form"
      id="name-form"
      method="post"
      autocomplete="off"
      novalidate
      data-now="${now}"
      data-until="${registerUntil ?? ''}"
      data-taken="${JSON.stringify(passkeys.map(({ name }) => name))}"
      data-suggestions="${JSON.stringify(suggestions)}"
    >
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
          <li>${words.detected}</li>
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
              )}
              ${device('phone', 'phone', words.phone, words.phoneHint, false)}`
        }
      </fieldset>
      ${passkeys.length === 0 && html`<p class="notice warn">${words.holdNote}</p>`}
      <p class="timer">
        ${icon('clock')}
        <span>${words.until} <strong id="remaining" role="timer"></strong></span>
      </p>
      <p class="visually-hidden" id="announcement" role="status"></p>
      <p id="over" hidden><a href="/portal/passkeys/new">${words.untilAgain}</a></p>
      <div id="status" class="notice info" role="status"></div>
      <button class="button primary" type="submit" disabled>${words.submit}</button>
    </form>
    ${preparation(context, onPhone)}`
}

function device(
  value: 'this-device' | 'phone',
  drawing: IconName,
  label: string,
  hint: string,
  checked: boolean,
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
    </div>
  </div>`
}

function preparation({ texts }: PageContext, onPhone: boolean): Html {
  const words = texts.newPasskey.help
  const { computer, phone, thisPhone } = words
  return html`<section class="aside" aria-labelledby="help-title">
    <h2 id="help-title">${words.title}</h2>
    ${
      onPhone
        ? guide('this-device', thisPhone.ready, thisPhone.steps, [])
        : html`${guide('this-device', computer.ready, computer.steps, [
            computer.trouble,
            computer.advice,
          ])}
          ${guide('phone', phone.ready, phone.steps, [phone.trouble])}`
    }
  </section>`
}

/** The style sheet shows the guide of the selected device. */
function guide(
  of: 'this-device' | 'phone',
  ready: string,
  steps: readonly string[],
  remarks: readonly string[],
): Html {
  return html`<div class="guide" data-guide="${of}">
    <p>${ready}</p>
    <ol>
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>
    ${remarks.map((remark) => html`<p class="small muted">${remark}</p>`)}
  </div>`
}
