import { html } from 'hono/html'
import type { Html } from '../frame/page.ts'

/** The place for how things go, where no dialog opens. */
export const statusLine = html`<div id="status" class="notice info" role="status"></div>`

/**
 * The main button of a form under the words on how things go. It stays in view as long as its form does, and
 * is disabled until a script runs. A `first` button has the focus from the start.
 */
export function actionBar(state: Html | null, label: string, { first = false } = {}): Html {
  return html`<div class="bar">
    ${state}
    <button class="button primary" type="submit" ${first && 'autofocus'} disabled>${label}</button>
  </div>`
}
