import { html } from 'hono/html'
import type { SentCode } from '../../../domain/email-codes/code.ts'
import type { AwaitedCode } from '../../../domain/sign-ins/code.ts'
import { icon } from '../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import { supportContact } from '../../frame/support-contact.ts'
import { actionBar, statusLine } from '../../parts/action-bar.ts'
import { applicationName } from '../../parts/application.ts'
import { callNumber } from '../../parts/call-number.ts'
import { dialogState } from '../../parts/dialog-state.ts'
import { inAppNotice } from '../../parts/in-app.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from '../../parts/passkey-view.ts'
import { phoneNote } from '../../parts/phone-note.ts'
import { stopSection } from '../../parts/stop.ts'
import { codeStep } from './code-step.ts'

interface SignInPageParts {
  readonly continueTo: string
  readonly application: {
    readonly name: string
    readonly logo: string | null
    readonly loginHint: string | null
    readonly home: string | null
  } | null
  /** How the browser's session ended, if it had one. */
  readonly ended: keyof PageContext['texts']['sessionEnds'] | null
  /** The address that 「閉じる」 leads to. */
  readonly leaveTo: string
}

/** The first page: login ID and password (docs/screens.md, M5). */
export function signInPage(context: PageContext, parts: SignInPageParts): Html {
  const { texts, site } = context
  const words = texts.signIn
  const { application, ended, leaveTo } = parts
  const main = html`<div class="split">
    <section class="card">
      ${applicationName(application ?? { name: site.brand.name, logo: null })}
      <h1>${words.title}</h1>
      <p class="notice info" id="signed-out" role="status" hidden>
        ${texts.sessionEnds.signed_out}
      </p>
      ${ended && html`<p class="notice info" id="ended">${texts.sessionEnds[ended]}</p>`}
      ${inAppNotice(context, parts.continueTo, application?.home)} ${signInForm(context, parts)}
      <div class="below">
        ${forgotten(context)}
        <a class="button quiet" id="leave" href="${leaveTo}">${words.close}</a>
      </div>
      ${callNumber(context, 'sign-in')}
    </section>
    <div class="beside">
      <section class="safety">
        <h2>${icon('shield')} ${words.safetyTitle}</h2>
        <ul>
          ${Object.values(words.safety).map((sentence) => html`<li>${sentence}</li>`)}
        </ul>
      </section>
      ${information(context)}
    </div>
  </div>`
  return page(context, {
    title: words.title,
    script: 'sign-in',
    words: { ...texts.browser.common, ...texts.browser.password, ...texts.browser.call },
    main,
    wide: true,
  })
}

// Until its script runs the form cannot be sent; it is a POST so that no address ever shows a password.
function signInForm({ texts }: PageContext, { continueTo, application }: SignInPageParts): Html {
  const words = texts.signIn
  return html`<form class="form" id="sign-in" method="post" data-continue-to="${continueTo}">
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <div class="credentials">
      <div class="field">
        <label for="login-id">${words.loginId}</label>
        <input
          id="login-id"
          name="loginId"
          type="text"
          value="${application?.loginHint ?? ''}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          autofocus
        />
      </div>
      <div class="field">
        <label for="password">${words.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="problem doubts exact"
          required
        />
      </div>
      <div class="doubts">
        <div id="doubts" class="notice warn" role="status"></div>
        <button class="button small" id="mend" type="button" hidden></button>
      </div>
      <label class="check">
        <input type="checkbox" id="show-password" aria-controls="password" autocomplete="off" />
        <span>${words.showPassword}</span>
      </label>
      ${saveBox('login-id', words.saveLoginId, words.save)}
      ${saveBox('password', words.savePassword, words.save)}
    </div>
    <ul class="hint">
      <li id="exact">${words.exact}</li>
      <li id="save-hint">${words.saveHint}</li>
    </ul>
    ${actionBar(statusLine, words.submit)}
  </form>`
}

/** Stands beside its field, in a column of its own that the keyboard reaches after the fields. */
function saveBox(of: 'login-id' | 'password', name: string, label: string): Html {
  return html`<label class="check save">
    <input
      type="checkbox"
      id="save-${of}"
      aria-label="${name}"
      aria-describedby="save-hint"
      autocomplete="off"
    />
    <span>${label}</span>
  </label>`
}

function forgotten({ texts, site: { links } }: PageContext): Html {
  const words = texts.signIn
  return html`<p class="small" id="forgotten">
    ${words.forgottenBefore}<a href="${links.forgotten}">${words.forgottenLink}</a
    >${words.forgottenAfter}
  </p>`
}

function information({ texts, site: { links } }: PageContext): Html {
  const words = texts.signIn
  const names = ['terms', 'faq', 'precautions', 'manual', 'maintenance', 'home'] as const
  const shown = names.filter((name) => links[name])
  return html`<nav class="links" aria-label="${words.linksLabel}">
    <ul>
      ${shown.map((name) => html`<li><a href="${links[name]}">${words.links[name]}</a></li>`)}
    </ul>
  </nav>`
}

/** The brake of who has given the password and fears that others know it. */
const atSecondFactor = { address: '/api/sign-in/stop', levels: ['sign-in'] } as const

/** The second factor by e-mail (docs/screens.md, M7). */
export function emailCodePage(
  context: PageContext,
  {
    code,
    now,
    waysOut,
  }: {
    readonly code: SentCode | AwaitedCode
    readonly now: number
    readonly waysOut: WaysOut
  },
): Html {
  const { texts } = context
  const words = texts.emailCode
  const main = html`<section class="card">
      <h1>${words.title}</h1>
      ${codeStep(context, code, now)}
      <p class="note small">${words.switchNote}</p>
      ${callNumber(context, 'email-code', code.expiresAt === null ? 'too_many_codes' : null)}
    </section>
    ${stopSection(context, atSecondFactor)} ${givingUp(words.giveUp, waysOut)}`
  return page(context, {
    title: words.title,
    script: 'email-code',
    words: { ...texts.browser.common, ...texts.browser.code, ...texts.browser.call },
    main,
  })
}

/** The second factor by passkey (docs/screens.md, M6). */
export function passkeyPage(
  context: PageContext,
  {
    passkeys,
    hints,
    waysOut,
    continueTo,
  }: {
    readonly passkeys: readonly PasskeyView[]
    readonly hints: ChooserHints
    readonly waysOut: WaysOut
    readonly continueTo: string
  },
): Html {
  const { texts } = context
  const { links } = context.site
  const words = texts.passkey
  const main = html`<section class="card">
      <h1>${words.title}</h1>
      ${inAppNotice(context, continueTo, waysOut.home)}
      ${passkeys.length === 0 ? noneLeft(context) : chooseOne(context, passkeys, hints)}
      <section class="aside" aria-labelledby="notes-title">
        <h2 id="notes-title">${words.notesTitle}</h2>
        <ul class="bullets">
          <li>${words.notes.device}</li>
          <li>${words.notes.lost}</li>
          <li>${words.notes.support}</li>
        </ul>
        <ul class="plain">
          <li><a href="${links.removal}">${words.removalLink}</a></li>
          <li><a href="${links.passkeyFaq}">${words.faqLink}</a></li>
        </ul>
      </section>
      ${callNumber(context, 'passkey')}
    </section>
    ${stopSection(context, atSecondFactor)} ${givingUp(words.giveUp, waysOut)}`
  const { common, dialog, get, call } = texts.browser
  return page(context, {
    title: words.title,
    script: 'passkey',
    words: { ...common, ...dialog, ...get, ...call },
    main,
  })
}

/** Where support has suspended every one, nothing is to be chosen. */
function noneLeft(context: PageContext): Html {
  return html`<p class="notice warn">${context.texts.pending.noPasskey}</p>
    ${supportContact(context)}`
}

function chooseOne(
  context: PageContext,
  passkeys: readonly PasskeyView[],
  hints: ChooserHints,
): Html {
  const words = context.texts.passkey
  return html`<p class="lead"><span>${words.lead}</span></p>
    <details class="fold">
      <summary>${words.howTitle}</summary>
      <ul class="bullets">
        <li>${words.choose}</li>
        <li>${words.order}</li>
        <li>${phoneNote(context)}</li>
      </ul>
    </details>
    <form class="form" id="passkey-form" method="post" autocomplete="off">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${passkeyChooser(context, passkeys, words.legend, hints)}
      ${actionBar(dialogState(context), words.submit, { first: true })}
    </form>
    <section class="aside" aria-labelledby="elsewhere-title">
      <h2 id="elsewhere-title">${words.elsewhereTitle}</h2>
      <ul class="bullets">
        ${Object.values(words.elsewhere).map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </section>`
}

/** The ways out of a step: one gives the sign-in up, and where it has ended another one leads as far. */
interface WaysOut {
  readonly leaveTo: string
  readonly beginAgain: string
  /** Where the application that asks begins. */
  readonly home: string | null
}

function givingUp(label: string, { leaveTo, beginAgain }: WaysOut): Html {
  return html`<p class="after">
    <button
      class="button quiet"
      id="give-up"
      type="button"
      data-leave-to="${leaveTo}"
      data-begin-again="${beginAgain}"
      disabled
    >
      ${label}
    </button>
  </p>`
}
