// What waits for the account is cancelled here: with a passkey that it does not concern, else by telephone.
import { html } from 'hono/html'
import type { DeskRequest } from '../../../domain/requests/request.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import { supportContact } from '../../frame/support-contact.ts'
import { actionBar, statusLine } from '../../parts/action-bar.ts'
import { callNumber } from '../../parts/call-number.ts'
import { dialogState } from '../../parts/dialog-state.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from '../../parts/passkey-view.ts'
import { sayPending } from '../../parts/pending.ts'
import { phoneNote } from '../../parts/phone-note.ts'
import { backLinks, waysOn } from './back-links.ts'

interface PendingPageParts {
  readonly request: DeskRequest
  /** Those that cancel it. */
  readonly passkeys: readonly PasskeyView[]
  readonly hints: ChooserHints
  /** Whether the session was just proven with one of them. */
  readonly isProven: boolean
}

export function pendingPage(context: PageContext, parts: PendingPageParts): Html {
  const { texts } = context
  const words = texts.pending
  const main = html`<section class="card" id="stage">
    ${backLinks(context, null)}
    <h1 tabindex="-1">${words.pageTitle}</h1>
    <p>${sayPending(context, parts.request)}</p>
    ${stage(context, parts)} ${callNumber(context, 'pending')}
  </section>`
  const { call, common, dialog, get } = texts.browser
  return page(context, {
    title: words.pageTitle,
    script: 'step-up',
    words: { ...call, ...common, ...dialog, ...get },
    main,
  })
}

/** The end, to which the page leads by itself. */
export function cancelledPage(context: PageContext): Html {
  const words = context.texts.pending
  const main = html`<section class="card">
    <h1 tabindex="-1" autofocus>${words.done}</h1>
    <p>${words.doneText}</p>
    ${supportContact(context)} ${waysOn(context, null)}
  </section>`
  return page(context, { title: words.done, main })
}

function stage(context: PageContext, { request, passkeys, hints, isProven }: PendingPageParts) {
  const words = context.texts.pending
  const problem = html`<div id="problem" class="notice error" role="alert" tabindex="-1"></div>`
  if (isProven) {
    return html`<p>${words.confirm}</p>
      <form class="form" id="pending-form" method="post" data-pending="${request.id}">
        ${problem} ${actionBar(statusLine, words.cancel, { first: true })}
      </form>`
  }
  if (passkeys.length === 0)
    return html`<p>${words.cannot}</p>
      ${supportContact(context)}`
  return html`<p class="lead"><span>${words.prove}</span></p>
    <details class="fold">
      <summary>${context.texts.passkey.howTitle}</summary>
      <p>${phoneNote(context)}</p>
    </details>
    <form class="form" id="step-up-form" method="post" autocomplete="off">
      ${problem} ${passkeyChooser(context, passkeys, words.legend, hints)}
      ${actionBar(dialogState(context), words.submit, { first: true })}
    </form>`
}
