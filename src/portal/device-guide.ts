// What the chosen device has to have, and the way through its dialogs in drawings (MANUAL.md, M1–M4).
import { html } from 'hono/html'
import type { Html, PageContext } from '../ground/page.ts'
import { drawing } from './drawings.ts'
import type { DrawingName } from './drawings.ts'

/** Beside the choice, and in view while the dialog is open; the style sheet shows the chosen one. */
export function deviceGuides(context: PageContext, onPhone: boolean): Html {
  const { title, computer, phone, thisPhone } = context.texts.newPasskey.help
  return html`<section class="guides" aria-labelledby="help-title">
    <h2 id="help-title">${title}</h2>
    ${
      onPhone
        ? guide(
            'this-device',
            html`<p>${thisPhone.ready}</p>
              ${steps(context, thisPhone.steps, [null, 'lock'])}`,
          )
        : html`${guide(
            'this-device',
            html`<p>${computer.ready}</p>
              ${steps(context, computer.steps, ['save', 'hello'])}
              <h3>${computer.manager.title}</h3>
              ${steps(context, computer.manager.steps, ['manager', 'managerList', null])}
              <p class="small muted">${computer.trouble}</p>
              <p class="small muted">${computer.advice}</p>`,
          )}
          ${guide(
            'phone',
            html`<p>${phone.ready}</p>
              ${steps(context, phone.steps, ['change', 'phoneList', 'qr'])}
              <p class="small muted">${phone.trouble}</p>`,
          )}`
    }
  </section>`
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
