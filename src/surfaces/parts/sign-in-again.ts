import { html } from 'hono/html'
import type { Html } from '../frame/page.ts'

/** Ends the session and begins a sign-in that leads back to this page, by its script; the login ID is filled in. */
export function signInAgainButton(label: string, loginId: string | null): Html {
  return html`<button
    class="button primary"
    id="sign-in-again"
    type="button"
    data-login-id="${loginId ?? ''}"
    autofocus
    disabled
  >
    ${label}
  </button>`
}
