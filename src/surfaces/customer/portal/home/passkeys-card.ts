import { html } from 'hono/html'
import type { Html, PageContext } from '../../../frame/page.ts'
import { passkeyItem, suspendedItem, type PasskeyView } from '../../../parts/passkey-view.ts'
import { rehearsalButton } from '../passkeys/rehearsal.ts'

export interface PasskeysParts {
  readonly passkeys: readonly PasskeyView[]
  readonly suspended: readonly PasskeyView[]
  /** The passkeys that this machine is not likely to keep. */
  readonly elsewhere: ReadonlySet<string>
  /** The passkeys that this machine has answered with itself. */
  readonly thisDevice: ReadonlySet<string>
  readonly switchIsNext: boolean
}

/** The passkeys, each with a button to try it, and the way to a further one. */
export function passkeysCard(context: PageContext, parts: PasskeysParts): Html {
  const { texts } = context
  const { passkeys, suspended, elsewhere, thisDevice } = parts
  const { links } = context.site
  const words = texts.portal
  return html`<section class="card" aria-labelledby="passkeys-title">
    <h2 id="passkeys-title">${words.passkeysTitle}</h2>
    ${
      passkeys.length + suspended.length === 0
        ? html`<p>${words.passkeysNone}</p>`
        : html`<ul class="items">
            ${passkeys.map((passkey) => {
              const isElsewhere = elsewhere.has(passkey.id)
              const button = rehearsalButton(context, passkey, isElsewhere)
              return passkeyItem(context, passkey, button, thisDevice.has(passkey.id))
            })}
            ${suspended.map((passkey) => suspendedItem(context, passkey))}
          </ul>`
    }
    ${passkeys.length === 1 && html`<p class="notice info">${words.passkeysSecond}</p>`}
    <p class="actions">
      <button
        class="button ${parts.switchIsNext ? '' : 'primary'}"
        id="register"
        type="button"
        disabled
      >
        ${words.register}
      </button>
    </p>
    ${
      passkeys.length > 0 &&
      html`<p class="muted small">
        ${words.passkeysRemoval}
        <a href="${links.removal}">${words.removalLink}</a>
      </p>`
    }
    <p class="plain small"><a href="${links.passkeyFaq}">${texts.passkey.faqLink}</a></p>
  </section>`
}
