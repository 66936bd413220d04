import { html, raw } from 'hono/html'
import type { Session } from '../../domain/sessions/session.ts'
import { oidcTexts } from '../../text/oidc.ts'
import { causeLines, page, type Html, type PageContext } from '../frame/page.ts'
import { actionBar, statusLine } from '../parts/action-bar.ts'
import { applicationName } from '../parts/application.ts'
import { callNumber } from '../parts/call-number.ts'
import { dialogState } from '../parts/dialog-state.ts'
import { inAppNotice } from '../parts/in-app.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from '../parts/passkey-view.ts'
import { phoneNote } from '../parts/phone-note.ts'
import { signInAgainButton } from '../parts/sign-in-again.ts'
import type { Question } from './question.ts'
import { logoutFormId } from './seams/logout-form.ts'

export interface AskingParts {
  readonly application: {
    readonly name: string
    readonly logo: string | null
    readonly home?: string | null | undefined
  }
  /** Where giving the request up leads. */
  readonly leaveTo: string
}

interface MissingParts extends AskingParts {
  /** Whether another person may sign in instead. */
  readonly mayChange: boolean
}

/** Asks for a passkey, as the client wants a stronger or fresher proof; the session goes on. */
export function stepUpPage(
  context: PageContext,
  parts: MissingParts & {
    readonly passkeys: readonly PasskeyView[]
    readonly hints: ChooserHints
  },
): Html {
  const words = oidcTexts[context.language]
  const { dialog, get } = context.texts.browser
  const content = html`${inAppNotice(context, null, parts.application.home)}
    <p class="lead"><span>${words.stepUp(parts.application.name)}</span></p>
    <details class="fold">
      <summary>${context.texts.passkey.howTitle}</summary>
      <p>${phoneNote(context)}</p>
    </details>
    <form class="form" id="step-up-form" method="post" autocomplete="off">
      ${problem} ${passkeyChooser(context, parts.passkeys, words.stepUpLegend, parts.hints)}
      ${actionBar(dialogState(context), words.stepUpSubmit, { first: true })}
      ${parts.mayChange && otherPerson(words.otherPerson)}
    </form>`
  return askingPage(context, parts, words.stepUpTitle, content, { ...dialog, ...get })
}

/** Says that the client asks for a passkey, and that the account has none. */
export function noPasskeyPage(
  context: PageContext,
  parts: MissingParts & { readonly registration: string },
): Html {
  const words = oidcTexts[context.language]
  const content = html`<p>${words.noPasskey(parts.application.name)}</p>
    <p class="actions">
      <a class="button primary" href="${parts.registration}">${words.noPasskeyLink}</a>
      ${parts.mayChange && otherPerson(words.otherPerson)}
    </p>
    ${problem}`
  return askingPage(context, parts, words.noPasskeyTitle, content)
}

/** Asks for the whole sign-in once more; the button ends the session and begins the sign-in. */
export function signInAgainPage(
  context: PageContext,
  parts: AskingParts & {
    /** Filled in at the sign-in; null where another person is wanted. */
    readonly loginId: string | null
  },
): Html {
  const words = oidcTexts[context.language]
  const content = html`<p>${words.again(parts.application.name)}</p>
    ${problem} ${signInAgainButton(words.againSubmit, parts.loginId)}`
  return askingPage(context, parts, words.againTitle, content)
}

/** The library's form, which carries a token against forgery, with our buttons. */
export function confirmLogoutPage(context: PageContext, form: string): Html {
  const words = oidcTexts[context.language]
  const main = html`<section class="card">
    <h1>${words.logoutTitle}</h1>
    <p>${words.logout}</p>
    ${raw(form)}
    <p class="actions">
      <button class="button primary" form="${logoutFormId}" type="submit" name="logout" value="yes">
        ${words.logoutYes}
      </button>
      <button class="button" form="${logoutFormId}" type="submit">${words.logoutNo}</button>
    </p>
  </section>`
  return page(context, { title: words.logoutTitle, main })
}

/** Sends the library's form by itself, as `confirmLogoutPage` does at a press. */
export function signingOutPage(context: PageContext, form: string): Html {
  const words = oidcTexts[context.language]
  const main = html`<section class="card">
    <h1>${words.signingOutTitle}</h1>
    <p>${words.goOn}</p>
    ${raw(form)}
    <input type="hidden" form="${logoutFormId}" name="logout" value="yes" />
    <p class="actions">
      <button class="button primary" form="${logoutFormId}" type="submit">${words.goOnLink}</button>
    </p>
  </section>`
  return page(context, { title: words.signingOutTitle, script: 'hand-over', main })
}

interface QuestionParts extends AskingParts {
  readonly question: Question
  /** The session that answers. */
  readonly session: Pick<Session, 'id' | 'account'>
  /** The host that receives the answer. */
  readonly goesTo: string
  /** Whether a program on this device receives the answer, which may be any program. */
  readonly isProgram: boolean
}

/** Asks for one press before the client is answered: which account it gets, and what it is told. */
export function questionPage(context: PageContext, parts: QuestionParts): Html {
  const { application, question, session, goesTo, isProgram } = parts
  const { displayName, loginId } = session.account
  const all = oidcTexts[context.language]
  const words = all.questions[question]
  const content = html`<form
    class="form"
    id="question-form"
    method="post"
    autocomplete="off"
    data-question="${question}"
    data-session="${session.id}"
  >
    <p>${words.text(application.name)}</p>
    ${question === 'third-party' && toldList(context, goesTo)}
    ${isProgram && html`<p>${all.loopbackWarning(words.submit, words.leave)}</p>`}
    <p class="holder">
      <span>${all.holder(displayName)}</span>
      <span class="muted small">${all.loginId(loginId)}</span>
    </p>
    ${problem} ${actionBar(statusLine, words.submit)} ${otherPerson(all.otherPerson)}
  </form>`
  return askingPage(context, { ...parts, leave: words.leave }, words.title, content)
}

/** Everything that a consent covers, whichever scopes the client asks for today. */
function toldList({ language }: PageContext, goesTo: string): Html {
  const { told, toldTitle, toldTo, toldNote } = oidcTexts[language]
  return html`<p>${toldTitle}</p>
    <ul class="told">
      ${told.map((one) => html`<li>${one}</li>`)}
    </ul>
    <p class="small">${toldTo(goesTo)}</p>
    <p class="muted small">${toldNote}</p>`
}

/** Ends the browser's session, and begins a sign-in for the same request. */
function otherPerson(label: string): Html {
  return html`<button class="button" id="sign-in-again" type="button" disabled>${label}</button>`
}

/** Leads on by itself. A form that is answered by a page has ended, wherever the page leads to. */
export function goOnPage(context: PageContext, address: string): Html {
  const words = oidcTexts[context.language]
  const main = html`<section class="card">
    <h1>${words.goOnTitle}</h1>
    <p>${words.goOn}</p>
    <p class="actions"><a class="button primary" href="${address}">${words.goOnLink}</a></p>
  </section>`
  return page(context, { title: words.goOnTitle, goesOnTo: address, main })
}

/** Carries an authorization response to the client as a form (OAuth 2.0 Form Post Response Mode). */
export function handOverPage(
  context: PageContext,
  action: string,
  fields: Readonly<Record<string, unknown>>,
): Html {
  const words = oidcTexts[context.language]
  const main = html`<section class="card">
    <h1>${words.goOnTitle}</h1>
    <p>${words.handOver}</p>
    <form class="form" method="post" action="${action}">
      ${Object.entries(fields).map(
        ([name, value]) => html`<input type="hidden" name="${name}" value="${String(value)}" />`,
      )}
      <button class="button primary" type="submit">${words.goOnLink}</button>
    </form>
  </section>`
  return page(context, { title: words.goOnTitle, script: 'hand-over', main })
}

/**
 * A failure of which the application cannot be told; the holder's way on is to go back to it. OAuth's own word
 * is for who builds the application.
 */
export function failurePage(
  context: PageContext,
  code: keyof PageContext['texts']['applicationFailures'],
  requestId: string,
  word?: string,
): Html {
  const { title, detail } = context.texts.applicationFailures[code]
  const main = html`<section class="card">
    <h1>${title}</h1>
    <p>${detail}</p>
    ${causeLines(context, { code, requestId })}
    ${word && html`<p class="muted small" translate="no">${word}</p>`}
    ${callNumber(context, 'application', code)}
  </section>`
  const { common, call } = context.texts.browser
  return page(context, { title, script: 'stuck', words: { ...common, ...call }, main })
}

/** A page with one message. */
export function plainPage(context: PageContext, title: string, text: string): Html {
  const main = html`<section class="card">
    <h1>${title}</h1>
    <p>${text}</p>
  </section>`
  return page(context, { title, main })
}

const problem = html`<div id="problem" class="notice error" role="alert" tabindex="-1"></div>`

/** A page on which an application's request waits for the person. The way out of it stands below. */
function askingPage(
  context: PageContext,
  { application, leaveTo, leave }: AskingParts & { readonly leave?: string },
  title: string,
  content: Html,
  words: Readonly<Record<string, string>> = {},
): Html {
  const main = html`<section class="card">
      ${applicationName(application)}
      <h1>${title}</h1>
      ${content} ${callNumber(context, 'step-up')}
    </section>
    <p class="after">
      <a class="button quiet" href="${leaveTo}">${leave ?? oidcTexts[context.language].leave}</a>
    </p>`
  const { common, call } = context.texts.browser
  return page(context, { title, script: 'step-up', words: { ...common, ...call, ...words }, main })
}
