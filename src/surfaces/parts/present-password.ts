import { html } from 'hono/html'
import type { Html, PageContext } from '../frame/page.ts'

/** The field for the present password. */
export function presentPassword({ texts }: PageContext): Html {
  return html`<div class="field">
    <label for="password">${texts.ownChanges.present}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="current-password"
      autocapitalize="none"
      spellcheck="false"
      aria-describedby="problem"
      required
    />
  </div>`
}
