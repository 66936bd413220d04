// 「当社からのお電話」: begins a call to the holder, who finds it in the portal, and ends it.
import { html } from 'hono/html'
import { brokerCallPurposes } from '../../../domain/vocabulary/calls.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { shownTime } from '../frame/parts.ts'
import type { AccountView } from './page-routes.ts'

export function brokerCallCard(context: DeskContext, { call, state }: AccountView): Html | null {
  const words = context.texts.brokerCall
  if (!hasRole(context, 'agent') || state === 'closed' || state === 'erased') return null
  return html`<section class="card" aria-labelledby="broker-call-title">
    <h2 id="broker-call-title">${words.title}</h2>
    <p class="hint">${words.hint}</p>
    ${state === 'locked' && html`<p class="notice warn">${words.locked}</p>`}
    ${
      call
        ? html`<p class="notice good">
              ${words.underWay(words.purposes[call.purpose])}
              ${words.until}${shownTime(context, call.expiresAt)}
            </p>
            <p class="actions">
              <button class="button" id="end-call" type="button" disabled>${words.end}</button>
            </p>`
        : html`<form class="form" id="begin-call">
            <div class="field">
              <label for="call-purpose">${words.purpose}</label>
              <select id="call-purpose" name="purpose" required>
                ${brokerCallPurposes.map((one) => html`<option value="${one}">${words.purposes[one]}</option>`)}
              </select>
            </div>
            <p class="actions">
              <button class="button" type="submit" disabled>${words.begin}</button>
            </p>
          </form>`
    }
  </section>`
}
