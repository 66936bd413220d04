import { html } from 'hono/html'
import type { SentCode } from '../../../../domain/email-codes/code.ts'
import { icon } from '../../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'
import { actionBar, statusLine } from '../../../parts/action-bar.ts'
import { callNumber } from '../../../parts/call-number.ts'
import {
  changeProof,
  changeProofWords,
  type ChangeProofParts,
} from '../../../parts/change-proof.ts'
import { codeForm } from '../../../parts/code-pages.ts'
import { emailField } from '../../../parts/email-field.ts'
import { inAppNotice } from '../../../parts/in-app.ts'
import { presentPassword } from '../../../parts/present-password.ts'
import { backLinks } from '../back-links.ts'

interface Parts {
  /** The second address, masked. */
  readonly second: string | null
  readonly proof: ChangeProofParts
  readonly back: WayBack | null
}

interface NoticesPageParts extends Parts {
  readonly everySignIn: boolean
  /** The account's address, masked. */
  readonly own: string
  /** What was done on the page before. */
  readonly done: 'set' | 'removed' | null
}

/** What the holder is told, and where. */
export function noticesPage(context: PageContext, parts: NoticesPageParts): Html {
  const { texts } = context
  const words = texts.notices
  const { everySignIn, own, second, done, proof, back } = parts
  const form = html`<form class="form" id="choices-form" method="post" autocomplete="off">
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <fieldset class="choices">
      <legend>${words.legend}</legend>
      ${choice(context, 'new', !everySignIn)} ${choice(context, 'every', everySignIn)}
    </fieldset>
    ${proof.secondFactor === 'email' && presentPassword(context)}
    <p class="small">${texts.ownChanges.proof[proof.secondFactor]}</p>
    ${actionBar(statusLine, texts.ownChanges.submit)}
  </form>`
  return frame(context, parts, {
    title: words.title,
    content: html`${done && html`<p class="notice info" role="status">${words[done]}</p>`}
      <p>${words.lead}</p>
      ${form}
      <section class="aside" aria-labelledby="addresses-title">
        <h2 id="addresses-title">${words.addressTitle}</h2>
        <p>${words.own(own)}</p>
        <p>${second === null ? words.none : words.second(second)}</p>
        <p>
          <a class="button" href="${onward('/portal/notices/address', back)}">${words.change}</a>
        </p>
      </section>
      ${changeProof(context, proof)}`,
  })
}

function choice({ texts }: PageContext, value: 'new' | 'every', checked: boolean): Html {
  const { choices, hints } = texts.notices
  return html`<div class="choice">
    <input
      type="radio"
      name="told"
      id="told-${value}"
      value="${value}"
      aria-describedby="told-${value}-hint"
      ${checked && 'checked'}
    />
    <div class="choice-text">
      <label class="choice-name stretch" for="told-${value}">${choices[value]}</label>
      <p class="choice-note" id="told-${value}-hint">${hints[value]}</p>
    </div>
  </div>`
}

interface NoticeAddressPageParts extends Parts {
  /** The code that waits to be typed. */
  readonly code: SentCode | null
  readonly now: number
}

/** The second address: what it is to be, then the code that was mailed there. */
export function noticeAddressPage(context: PageContext, parts: NoticeAddressPageParts): Html {
  const words = context.texts.notices.address
  const { code, now, back } = parts
  if (code === null)
    return frame(context, parts, { title: words.title, content: asked(context, parts) })
  return frame(context, parts, {
    title: words.codeTitle,
    content: html`<p class="lead">
        ${icon('mail')} <span id="sent">${words.sent(code.sentTo)}</span>
      </p>
      <p>${words.enter}</p>
      ${codeForm(context, code, now)}
      <p class="small">
        <a href="${onward('/portal/notices/address', back, { again: '1' })}">${words.again}</a>
      </p>`,
  })
}

function asked(context: PageContext, { second, proof }: Parts): Html {
  const { notices, ownChanges } = context.texts
  const words = notices.address
  return html`${inAppNotice(context, context.path)}
    <p>${words.lead}</p>
    ${second !== null && html`<p class="muted small">${notices.second(second)}</p>`}
    <form class="form" id="address-form" method="post">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${emailField(words.label, { autocomplete: 'off', describedBy: 'problem' })}
      ${proof.secondFactor === 'email' && presentPassword(context)}
      <ul class="bullets small">
        ${[ownChanges.proof[proof.secondFactor], ...words.effects].map((one) => html`<li>${one}</li>`)}
      </ul>
      ${actionBar(statusLine, ownChanges.submit)}
    </form>
    ${
      second !== null &&
      html`<section class="aside">
        ${proof.secondFactor === 'email' && html`<p class="small">${words.removeHint}</p>`}
        <button class="button" id="remove-address" type="button" disabled>${words.remove}</button>
      </section>`
    }
    ${changeProof(context, proof)}`
}

function frame(
  context: PageContext,
  { back }: Pick<Parts, 'back'>,
  { title, content }: { readonly title: string; readonly content: Html },
): Html {
  const { texts } = context
  const main = html`<section class="card" id="stage" data-home="${onward('/portal/notices', back)}">
    ${backLinks(context, back)}
    <h1 tabindex="-1">${title}</h1>
    ${content} ${callNumber(context, 'portal')}
  </section>`
  const { common, call, code, ownChanges, notices } = texts.browser
  const words = {
    ...common,
    ...call,
    ...code,
    ...ownChanges,
    ...notices,
    ...changeProofWords(texts),
  }
  return page(context, { title, script: 'notices', words, main })
}
