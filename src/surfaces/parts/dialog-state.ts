import { html } from 'hono/html'
import type { Html, PageContext } from '../frame/page.ts'

/** The state of a dialog, beside the button that opens it, and a button to stop it. */
export function dialogState({ texts }: PageContext): Html {
  return html`<div class="dialog" id="dialog">
    <div id="status" class="notice info" role="status"></div>
    <button class="button" id="stop" type="button" hidden>${texts.passkey.stop}</button>
  </div>`
}
