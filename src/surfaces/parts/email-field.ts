import { html } from 'hono/html'
import type { Html } from '../frame/page.ts'

/** The field for a mail address; `describedBy` names what a screen reader says with it. */
export function emailField(
  label: string,
  {
    autocomplete,
    describedBy,
  }: { readonly autocomplete: 'email' | 'off'; readonly describedBy: string },
): Html {
  return html`<div class="field">
    <label for="email">${label}</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="${autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      aria-describedby="${describedBy}"
      required
    />
  </div>`
}
