import { html } from 'hono/html'
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'
import type { Html, PageContext } from '../frame/page.ts'

interface NewPasswordParts {
  /** Whose password it is, where the page knows it: password managers keep it under this name. */
  readonly loginId?: string
  /** Its address, where whoever sees the page has read a code there: elsewhere it is masked. */
  readonly email?: string
}

/**
 * The field for a new password, with what speaks against it and how strong it is, which web/new-password.ts
 * says while it is typed; the page gives it `texts.browser.newPassword`. It stands in a form with a `#problem`.
 */
export function newPasswordField(
  { texts, site, asset }: PageContext,
  { loginId, email = '' }: NewPasswordParts = {},
): Html {
  const words = texts.newPassword
  return html`${loginId !== undefined && html`<input type="text" value="${loginId}" autocomplete="username" hidden />`}
    <div class="new-password">
      <div class="field">
        <label for="new-password">${words.label}</label>
        <input
          id="new-password"
          name="newPassword"
          type="password"
          autocomplete="new-password"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="problem new-password-fault new-password-hint"
          data-shortest="${shortestPassword}"
          data-longest="${longestPassword}"
          data-login-id="${loginId ?? ''}"
          data-known="${[...site.brand.names, email].join('\n')}"
          data-common="${asset('common-passwords.txt')}"
          required
        />
        <div class="notice warn" id="new-password-fault" role="status"></div>
        <p class="hint" id="new-password-hint">${words.hint}</p>
      </div>
      <label class="check">
        <input
          type="checkbox"
          id="show-new-password"
          aria-controls="new-password"
          autocomplete="off"
        />
        <span>${words.show}</span>
      </label>
      <div class="strength" id="strength" hidden>
        <p class="small">${words.strength}</p>
        <p class="strength-bar" aria-hidden="true"><i></i><i></i><i></i><i></i></p>
        <p class="small" id="strength-says" role="status"></p>
      </div>
    </div>`
}
