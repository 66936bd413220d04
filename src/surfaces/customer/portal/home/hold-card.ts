import { html } from 'hono/html'
import type { HoldReason } from '../../../../domain/vocabulary/reasons.ts'
import { formatTime } from '../../../../kernel/time.ts'
import type { Html, PageContext } from '../../../frame/page.ts'

export interface HoldShown {
  readonly until: number
  readonly reason: HoldReason
}

/** Says until when and why the broker refuses withdrawals. */
export function holdCard(
  { texts, timeZone, holdWords }: PageContext,
  { until, reason }: HoldShown,
): Html {
  const words = texts.portal
  return html`<section class="notice warn">
    <h2>${texts.hold[holdWords].until(formatTime(until, timeZone))}</h2>
    <p>${words.holdText}</p>
    <p class="small">${words.holdReason(words.holdReasons[reason])}</p>
  </section>`
}
