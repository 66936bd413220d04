import { html } from 'hono/html'
import type { Html, PageContext } from '../frame/page.ts'

/** Beside the button that opens a dialog: what happens meanwhile, and the way to stop it. */
export function dialogState({ texts }: PageContext): Html {
  return html`<div class="dialog" id="dialog">
    <div id="status" class="notice info" role="status"></div>
    <button class="button" id="stop" type="button" hidden>${texts.passkey.stop}</button>
  </div>`
}
