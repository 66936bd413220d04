import { html } from 'hono/html'
import type { Factor } from '../../domain/factors/factors.ts'
import type { Texts } from '../../text/texts.ts'
import type { Html, PageContext } from '../frame/page.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from './passkey-view.ts'

export interface ChangeProofParts {
  readonly secondFactor: Factor
  readonly passkeys: readonly PasskeyView[]
  readonly hints: ChooserHints
}

/**
 * The dialog for the fresh proof that a change needs, by the factor in force; `withChangeProof` of
 * web/change-proof.ts opens it. The page gives its script `changeProofWords`.
 */
export function changeProof(context: PageContext, parts: ChangeProofParts): Html {
  const words = context.texts.changeProof
  return html`<dialog class="card proof" id="change-proof" aria-labelledby="change-proof-title">
    <form class="form" id="change-proof-form" method="post" autocomplete="off" novalidate>
      <h2 id="change-proof-title" tabindex="-1">${words.title}</h2>
      ${parts.secondFactor === 'passkey' ? byPasskey(context, parts) : byCode(context)}
      <div class="notice error" role="alert" tabindex="-1" data-problem></div>
      <div class="dialog">
        <div class="notice info" role="status" data-status></div>
        <button class="button" type="button" data-stop hidden>${context.texts.passkey.stop}</button>
      </div>
      <p class="actions">
        <button class="button primary" type="submit" disabled>${words.submit}</button>
        <button class="button" id="change-proof-cancel" type="button">${words.cancel}</button>
      </p>
      <p class="muted small">${words.note}</p>
    </form>
  </dialog>`
}

/** What the script of a page with the dialog says. */
export function changeProofWords({ browser }: Texts): Readonly<Record<string, string>> {
  return { ...browser.dialog, ...browser.get, ...browser.changeProof }
}

function byPasskey(context: PageContext, { passkeys, hints }: ChangeProofParts): Html {
  const words = context.texts.changeProof
  return html`<p>${words.passkey}</p>
    ${passkeyChooser(context, passkeys, words.legend, hints)}`
}

function byCode({ texts }: PageContext): Html {
  const words = texts.changeProof
  return html`<p id="change-proof-sent">${words.email}</p>
    <div class="field">
      <label for="proof-code">${words.code}</label>
      <input
        class="code"
        id="proof-code"
        name="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        aria-describedby="change-proof-sent"
        required
      />
    </div>
    <p>
      <button class="button small" id="change-proof-resend" type="button" disabled>
        ${words.resend}
      </button>
    </p>`
}
