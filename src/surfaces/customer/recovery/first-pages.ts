// Where an attempt to set a password begins, and where it ends.
import { html } from 'hono/html'
import type { RecoveryKind } from '../../../domain/vocabulary/life.ts'
import { icon } from '../../frame/icons.ts'
import type { Html, PageContext } from '../../frame/page.ts'
import { actionBar, statusLine } from '../../parts/action-bar.ts'
import { emailField } from '../../parts/email-field.ts'
import { closing, recoveryPage } from './frame.ts'

/** The login ID that was forgotten, or the password. */
export function askPage(context: PageContext): Html {
  const { forgotten: words, email } = context.texts.recovery
  const content = html`<div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <h2>${words.passwordTitle}</h2>
    <p id="password-lead">${words.passwordLead}</p>
    <form class="form" id="forgotten-password" method="post">
      ${loginIdField(context, 'problem password-lead')} ${actionBar(statusLine, words.sendCode)}
    </form>
    <section class="aside" aria-labelledby="login-id-title">
      <h2 id="login-id-title">${words.loginIdTitle}</h2>
      <p id="login-id-lead">${words.loginIdLead}</p>
      <form class="form" id="forgotten-login-id" method="post">
        ${emailField(email, { autocomplete: 'email', describedBy: 'problem login-id-lead' })}
        <p class="notice info" id="mailed" role="status" tabindex="-1" hidden>${words.mailed}</p>
        <p class="actions">
          <button class="button" type="submit" disabled>${words.sendLoginId}</button>
        </p>
      </form>
    </section>`
  return recoveryPage(context, 'forgotten', {
    title: words.title,
    content,
    stuckAt: 'forgotten',
    after: closing(context),
  })
}

/** The login ID and the activation code. */
export function activatePage(context: PageContext): Html {
  const { recovery } = context.texts
  const words = recovery.activation
  const { links } = context.site
  const content = html`<p>${words.lead}</p>
    <form class="form" id="activation" method="post" autocomplete="off">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${loginIdField(context, 'problem')}
      <div class="field">
        <label for="activation-code">${words.code}</label>
        <input
          id="activation-code"
          name="activationCode"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          aria-describedby="problem activation-hint"
          required
        />
        <p class="hint" id="activation-hint">${words.codeHint}</p>
      </div>
      ${actionBar(statusLine, words.next)}
    </form>
    <p class="small">
      ${recovery.forgottenHint}<a href="${links.forgotten}">${recovery.forgottenLink}</a
      >${recovery.forgottenAfter}
    </p>`
  return recoveryPage(context, 'activation', {
    title: words.title,
    content,
    stuckAt: 'activation',
    after: closing(context),
  })
}

/** The end of an attempt. It has an address of its own, so that a reload shows it again. */
export function donePage(context: PageContext, kind: RecoveryKind): Html {
  const { recovery } = context.texts
  const content = html`<p>${recovery.doneLead}</p>
    <p class="actions"><a class="button primary" href="/sign-in">${recovery.toSignIn}</a></p>`
  return recoveryPage(context, kind, {
    title: recovery[kind].done,
    above: html`<p class="done">${icon('check')}</p>`,
    content,
    stuckAt: null,
    after: html``,
  })
}

function loginIdField({ texts }: PageContext, describedBy: string): Html {
  return html`<div class="field">
    <label for="login-id">${texts.recovery.loginId}</label>
    <input
      id="login-id"
      name="loginId"
      type="text"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      aria-describedby="${describedBy}"
      required
      autofocus
    />
  </div>`
}
