// The needs of the chosen device, and its dialogs in drawings (docs/screens.md, M1–M4).
import { html } from 'hono/html'
import { drawing, type DrawingName } from '../../../frame/drawings.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { machineOf } from './machine.ts'

/**
 * The guides beside the choice, in view while the dialog is open; the style sheet shows the chosen one. Where
 * there is no room beside it, they are folded: a toggle alone, as `details` cannot be open by width.
 */
export function deviceGuides(context: PageContext): Html {
  const { onPhone, onWindows } = machineOf(context)
  const { title, phone, thisPhone } = context.texts.newPasskey.help
  return html`<details class="fold guides-fold">
      <summary>${title}</summary>
    </details>
    <section class="guides" aria-labelledby="help-title">
      <h2 id="help-title">${title}</h2>
      ${
        onPhone
          ? guide(
              'this-device',
              html`<p>${thisPhone.ready}</p>
                ${steps(context, thisPhone.steps, [null, 'lock'])}`,
            )
          : html`${guide('this-device', onWindows ? windowsHello(context) : otherComputer(context))}
            ${guide(
              'phone',
              html`<p>${phone.ready}</p>
                ${steps(context, phone.steps, ['change', 'phoneList', 'qr'])}
                <p class="small muted">${phone.trouble}</p>`,
            )}`
      }
    </section>`
}

function windowsHello(context: PageContext): Html {
  const {
    ready,
    steps: sentences,
    manager,
    trouble,
    advice,
  } = context.texts.newPasskey.help.computer
  return html`<p>${ready}</p>
    ${steps(context, sentences, ['save', 'hello'])}
    <h3>${manager.title}</h3>
    ${steps(context, manager.steps, ['manager', 'managerList', null])}
    <p class="small muted">${trouble}</p>
    <p class="small muted">${advice}</p>`
}

function otherComputer(context: PageContext): Html {
  const { ready, steps: sentences, advice } = context.texts.newPasskey.help.otherComputer
  return html`<p>${ready}</p>
    ${steps(context, sentences, ['ownLock', null])}
    <p class="small muted">${advice}</p>`
}

function guide(of: 'this-device' | 'phone', content: Html): Html {
  return html`<div class="guide" data-guide="${of}">${content}</div>`
}

function steps(
  context: PageContext,
  sentences: readonly string[],
  drawings: readonly (DrawingName | null)[],
): Html {
  return html`<ol class="story">
    ${sentences.map((sentence, index) => {
      const name = drawings[index]
      return html`<li>
        ${name && drawing(context, name)}
        <p>${sentence}</p>
      </li>`
    })}
  </ol>`
}
