import { html } from 'hono/html'
import type { BrokerCallPurpose } from '../../../../domain/vocabulary/calls.ts'
import { formatTime } from '../../../../kernel/time.ts'
import { icon } from '../../../frame/icons.ts'
import type { Html, PageContext } from '../../../frame/page.ts'

/** A call of the broker that is under way. */
export interface CallUnderWay {
  readonly purpose: BrokerCallPurpose
  readonly expiresAt: number
}

/** Says that the broker itself is calling, and why: here alone, and to nobody who is not signed in. */
export function callsCard({ texts, timeZone }: PageContext, call: CallUnderWay): Html {
  const words = texts.call.broker
  return html`<section class="notice info" aria-labelledby="our-call-title">
    <h2 id="our-call-title">${icon('phone')} ${words.title}</h2>
    <p>${words.text}</p>
    <p><strong>${words.purpose(words.purposes[call.purpose])}</strong></p>
    <p class="small">${words.never}</p>
    <p class="small">${words.until(formatTime(call.expiresAt, timeZone))}</p>
  </section>`
}
