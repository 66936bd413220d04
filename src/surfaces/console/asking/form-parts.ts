// What every form for a request has: who could approve it, why it is asked for, and one button.
import { html } from 'hono/html'
import { longestReason, longestTicket } from '../../../limits/requests.ts'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { outcomes } from '../frame/page.ts'
import { textField } from '../frame/parts.ts'

/** Whether somebody is signed in who could approve. */
export interface Presence {
  readonly approverSignedIn: boolean
  readonly openedLately: boolean
}

interface FormFrame {
  readonly title: string
  readonly about: string | null
  readonly back: string
  /** What the script sends beside the fields. */
  readonly data: Readonly<Record<string, string>>
  readonly fields: Html
  readonly presence: Presence
  /** What to do when nobody is there. */
  readonly none: string
  /** What happens when it is sent. */
  readonly note: string | null
}

export function formFrame(context: DeskContext, parts: FormFrame): Html {
  const { asking: words, request } = context.texts
  const { title, about, back, data, fields, presence, none, note } = parts
  return html`<div class="title">
      <h1>${title}</h1>
      ${about && html`<strong>${words.about}：${about}</strong>`}
    </div>
    ${outcomes()}
    <form
      class="columns"
      id="asking"
      data-fixed="${JSON.stringify(data)}"
      data-time-zone="${context.timeZone.name}"
    >
      <div class="card">${fields}</div>
      <div class="beside">
        <section class="card" aria-labelledby="approvers-title">
          <h2 id="approvers-title">${words.approversTitle}</h2>
          <p class="notice ${presence.approverSignedIn ? 'good' : 'warn'}">
            ${presence.approverSignedIn ? words.approversSome : none}
          </p>
          ${presence.openedLately && html`<p class="notice warn">${request.obstacles.same_pair}</p>`}
        </section>
        <section class="card" aria-labelledby="review-title">
          <h2 id="review-title">${words.review}</h2>
          ${note && html`<p>${note}</p>`}
          <p class="actions">
            <button class="button primary" type="submit" disabled>${words.submit}</button>
            <a class="button" href="${back}">${words.back}</a>
          </p>
        </section>
      </div>
    </form>`
}

export function whyFields({ texts: { frame } }: DeskContext): Html {
  return html`<div class="line">
    ${textField({ id: 'reason', name: 'reason', label: frame.reason, hint: frame.reasonHint, most: longestReason })}
    ${textField({ id: 'ticket', name: 'ticket', label: frame.ticket, hint: frame.ticketHint, most: longestTicket })}
  </div>`
}
