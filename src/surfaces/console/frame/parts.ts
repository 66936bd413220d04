// What several pages of the console are made of.
import { html } from 'hono/html'
import type { RequestAct, RequestState } from '../../../domain/vocabulary/desk.ts'
import { formatTime, zoneName } from '../../../kernel/time.ts'
import { longestReason, longestTicket } from '../../../limits/requests.ts'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from './context.ts'

/** A moment as people read it, and as programs do. */
export function shownTime({ timeZone }: DeskContext, time: string | number): Html {
  return html`<time datetime="${new Date(time).toISOString()}">${formatTime(time, timeZone)}</time>`
}

/** The label of a field for date and time, which is read in the installation's zone. */
export function zoned({ texts: { frame }, timeZone, now }: DeskContext, label: string): string {
  const name = zoneName(now, timeZone)
  return name === null ? label : `${label}${frame.inBrackets(name)}`
}

/** What the command line has done to operators within a day stands on every page, for everybody (rule 37). */
export function commandBanner(context: DeskContext): Html | null {
  const { texts, commandUses } = context
  const { latest, more } = commandUses
  const words = texts.operators
  if (latest.length === 0) return null
  return html`<section class="notice warn" aria-label="${words.bannerLabel}">
    <p>${words.banner}</p>
    <ul>
      ${latest.map(
        ({ at, did, name, by }) =>
          html`<li>
            ${shownTime(context, at)} ${words.did[did]} ${name}${texts.frame.inBrackets(by)}
          </li>`,
      )}
      ${more > 0 && html`<li>${words.bannerMore(more)}</li>`}
    </ul>
  </section>`
}

/** A list of names and values; what is null is left out. */
export function facts(pairs: readonly (readonly [string, Html | string | null])[]): Html {
  return html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        value !== null &&
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`
}

const stateClasses: Readonly<Record<RequestState, string>> = {
  waiting: 'wait',
  approved: 'wait',
  done: 'ok',
  refused: 'bad',
  withdrawn: '',
  cancelled: '',
  lapsed: 'bad',
}

/** Where a request stands. */
export function stateBadge({ texts }: DeskContext, state: RequestState): Html {
  return html`<span class="badge ${stateClasses[state]}">${texts.requestStates[state]}</span>`
}

/** The acts of a request by name. */
export function actNames({ texts }: DeskContext, acts: readonly RequestAct[]): string {
  return [...new Set(acts)].map((act) => texts.acts[act]).join(texts.frame.listed)
}

interface Asking {
  readonly id: string
  readonly title: string
  readonly text: Html | string
  /** What is typed beside reason and ticket. */
  readonly fields?: Html
  readonly submit: string
  readonly danger?: boolean
}

/** A dialog that asks for a reason and a ticket before something is done at once. */
export function reasonDialog(
  { texts: { frame } }: DeskContext,
  { id, title, text, fields, submit, danger }: Asking,
): Html {
  return html`<dialog class="panel" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <p>${text}</p>
    <div class="notice error" role="alert" tabindex="-1" data-problem></div>
    <div class="notice" role="status" data-status></div>
    <form class="form" id="${id}-form">
      ${fields}
      ${textField({ id: `${id}-reason`, name: 'reason', label: frame.reason, hint: frame.reasonHint, most: longestReason })}
      ${textField({ id: `${id}-ticket`, name: 'ticket', label: frame.ticket, hint: frame.ticketHint, most: longestTicket })}
      <p class="actions">
        <button class="button primary ${danger ? 'danger-fill' : ''}" type="submit" disabled>
          ${submit}
        </button>
        <button class="button" type="button" data-close>${frame.cancel}</button>
      </p>
    </form>
  </dialog>`
}

/** A dialog that asks for one text and nothing else. */
export function textDialog(
  { texts: { frame } }: DeskContext,
  { id, title, field, submit }: { id: string; title: string; field: TextField; submit: string },
): Html {
  return html`<dialog class="panel" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <div class="notice error" role="alert" tabindex="-1" data-problem></div>
    <form class="form" id="${id}-form">
      ${textField(field)}
      <p class="actions">
        <button class="button primary" type="submit" disabled>${submit}</button>
        <button class="button" type="button" data-close>${frame.cancel}</button>
      </p>
    </form>
  </dialog>`
}

interface TextField {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly most: number
  readonly type?: string
  readonly optional?: boolean
  /** Several lines. */
  readonly isLong?: boolean
}

/** A field with its label. */
export function textField(field: TextField): Html {
  const { id, name, label, hint, most, type = 'text', optional, isLong } = field
  const described = hint && html`aria-describedby="${id}-hint"`
  const required = optional ? '' : 'required'
  return html`<div class="field">
    <label for="${id}">${label}</label>
    ${
      isLong
        ? html`<textarea
            id="${id}"
            name="${name}"
            maxlength="${most}"
            ${required}
            ${described}
          ></textarea>`
        : html`<input
            id="${id}"
            name="${name}"
            type="${type}"
            maxlength="${most}"
            autocomplete="off"
            ${required}
            ${described}
          />`
    }
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
  </div>`
}
