// The steps of an attempt to set a password.
import { html } from 'hono/html'
import type { SentCode } from '../../../domain/email-codes/code.ts'
import type { RecoveryKind } from '../../../domain/vocabulary/life.ts'
import { icon } from '../../frame/icons.ts'
import type { Html, PageContext } from '../../frame/page.ts'
import { supportContact } from '../../frame/support-contact.ts'
import { actionBar, statusLine } from '../../parts/action-bar.ts'
import { codeForm } from '../../parts/code-pages.ts'
import { dialogState } from '../../parts/dialog-state.ts'
import { newPasswordField } from '../../parts/new-password.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from '../../parts/passkey-view.ts'
import { givingUp, pathOf, recoveryPage } from './frame.ts'

/** The code by e-mail: nothing tells whether one was sent. */
export function codePage(
  context: PageContext,
  kind: RecoveryKind,
  code: SentCode,
  now: number,
): Html {
  const words = context.texts.recovery
  const content = html`<p class="lead">${icon('mail')} <span id="sent">${words.sent}</span></p>
    <p class="small">${words.sentOnlyIf[kind]}</p>
    <p>${words.enter}</p>
    ${codeForm(context, code, now)}`
  return recoveryPage(context, kind, {
    title: words.codeTitle,
    content,
    stuckAt: `${kind}-code`,
    after: givingUp(context, kind),
  })
}

/** The passkey, where it is the second factor. */
export function passkeyPage(
  context: PageContext,
  kind: RecoveryKind,
  { passkeys, hints }: { readonly passkeys: readonly PasskeyView[]; readonly hints: ChooserHints },
): Html {
  const { recovery, passkey, pending } = context.texts
  const words = recovery.forgotten
  const content =
    passkeys.length === 0
      ? html`<p class="notice warn">${pending.noPasskey}</p>
          ${supportContact(context)}`
      : html`<p class="lead">${words.passkeyLead}</p>
          <form class="form" id="passkey-form" method="post" autocomplete="off">
            <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
            ${passkeyChooser(context, passkeys, passkey.legend, hints)}
            ${actionBar(dialogState(context), passkey.submit, { first: true })}
          </form>`
  return recoveryPage(context, kind, {
    title: words.passkeyTitle,
    content,
    stuckAt: 'forgotten-passkey',
    after: givingUp(context, kind),
  })
}

interface PasswordPageParts {
  readonly loginId: string
  readonly email: string
  /** The length and the end of a hold that would begin now; null where none does. */
  readonly holdAhead: string | null
}

/** The new password. */
export function passwordPage(
  context: PageContext,
  kind: RecoveryKind,
  { loginId, email, holdAhead }: PasswordPageParts,
): Html {
  const words = context.texts.recovery
  const content = html`<p>${words.passwordLead}</p>
    <form class="form" id="password-form" method="post">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${newPasswordField(context, { loginId, email })}
      <ul class="bullets small">
        <li>${words.endsOthers}</li>
        ${holdAhead !== null && html`<li>${holdAhead}</li>`}
      </ul>
      ${actionBar(statusLine, words.submit)}
    </form>`
  return recoveryPage(context, kind, {
    title: words.passwordTitle,
    content,
    stuckAt: 'new-password',
    after: givingUp(context, kind),
  })
}

/** Rule 42: with e-mail as the factor the mailbox alone sets nothing. */
export function supportPage(context: PageContext, kind: RecoveryKind): Html {
  const words = context.texts.recovery.forgotten
  const content = html`<div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <p>${words.supportLead}</p>
    <p>${words.supportCall}</p>
    ${supportContact(context)}
    <p class="actions">
      <a class="button primary" href="${pathOf.activation}">${words.toActivate}</a>
    </p>`
  return recoveryPage(context, kind, {
    title: words.supportTitle,
    content,
    stuckAt: 'forgotten-support',
    after: givingUp(context, kind),
  })
}
