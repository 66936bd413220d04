import { html } from 'hono/html'
import type { SentCode } from '../../../../domain/email-codes/code.ts'
import { icon } from '../../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { onward } from '../../../oidc/way-back.ts'
import { actionBar, statusLine } from '../../../parts/action-bar.ts'
import { callNumber } from '../../../parts/call-number.ts'
import { changeProof, changeProofWords } from '../../../parts/change-proof.ts'
import { codeForm } from '../../../parts/code-pages.ts'
import { emailField } from '../../../parts/email-field.ts'
import { inAppNotice } from '../../../parts/in-app.ts'
import { presentPassword } from '../../../parts/present-password.ts'
import { backLinks } from '../back-links.ts'
import { conditions, type OwnChangeParts } from './parts.ts'

interface EmailPageParts extends OwnChangeParts {
  /** The present address, masked. */
  readonly present: string
  /** Whether the present address has to answer too. */
  readonly oldToo: boolean
  /** The code that waits to be typed, for the new address. */
  readonly code: SentCode | null
  readonly now: number
}

/** Another mail address: what it is to be with the proof in a dialog, then the codes that were mailed. */
export function emailPage(context: PageContext, parts: EmailPageParts): Html {
  const { texts } = context
  const words = texts.ownChanges.email
  const title = parts.code ? words.codeTitle : words.title
  const main = html`<section class="card" id="stage">
    ${backLinks(context, parts.back)}
    <h1 tabindex="-1">${title}</h1>
    ${parts.code ? codes(context, parts, parts.code) : addressForm(context, parts)}
    ${callNumber(context, 'portal')}
  </section>`
  const { common, call, code, ownChanges } = texts.browser
  return page(context, {
    title,
    script: 'own-change',
    words: { ...common, ...call, ...code, ...ownChanges, ...changeProofWords(texts) },
    main,
  })
}

function addressForm(context: PageContext, parts: EmailPageParts): Html {
  const { ownChanges } = context.texts
  const words = ownChanges.email
  const effects = [words.effect, ...(parts.oldToo ? [words.oldToo] : [])]
  return html`${inAppNotice(context, context.path)}
    <p>${words.lead}</p>
    <p class="muted small" id="present-address">${words.now(parts.present)}</p>
    <form class="form" id="email-form" method="post">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${emailField(words.address, { autocomplete: 'email', describedBy: 'problem present-address' })}
      ${presentPassword(context)} ${conditions(context, parts, effects)}
      ${actionBar(statusLine, ownChanges.submit)}
    </form>
    ${parts.proof && changeProof(context, parts.proof)}`
}

function codes(context: PageContext, parts: EmailPageParts, code: SentCode): Html {
  const words = context.texts.ownChanges.email
  return html`<p class="lead">${icon('mail')} <span id="sent">${words.sent(code.sentTo)}</span></p>
    <p>${parts.oldToo ? words.enterBoth : words.enter}</p>
    ${codeForm(context, code, parts.now, parts.oldToo ? oldCode(context, parts.present) : null)}
    <p class="small">
      <a href="${onward('/portal/email', parts.back, { again: '1' })}">${words.again}</a>
    </p>`
}

function oldCode({ texts }: PageContext, address: string): Html {
  const words = texts.ownChanges.email
  return html`<div class="field">
    <label for="old-code">${words.oldCode}</label>
    <input
      class="code"
      id="old-code"
      name="oldCode"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      aria-describedby="problem old-code-hint"
      required
    />
    <p class="hint" id="old-code-hint">${words.oldCodeHint(address)}</p>
  </div>`
}
