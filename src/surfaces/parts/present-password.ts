import { html } from 'hono/html'
import type { Html, PageContext } from '../frame/page.ts'

/** The field for the present password; not `required` where there is a way without it. */
export function presentPassword({ texts }: PageContext, required = true): Html {
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
      ${required && 'required'}
    />
  </div>`
}
