import { html } from 'hono/html'
import type { LiftableStop } from '../../../domain/stops/level.ts'
import { formatTime } from '../../../kernel/time.ts'
import type { Html, PageContext } from '../../frame/page.ts'
import { levelsInPortal, stopSection } from '../../parts/stop.ts'

/** Says on top of the portal what is stopped, and leads to where that is lifted. */
export function stoppedNotice({ texts, timeZone }: PageContext, stop: LiftableStop): Html {
  const words = texts.stop
  return html`<section class="notice warn" aria-labelledby="stopped-title">
    <h2 id="stopped-title">${words.inForce[stop.level](formatTime(stop.since, timeZone))}</h2>
    <p>${words.inForceText}</p>
    <p class="actions"><a class="button" href="/portal/stop">${words.toLift}</a></p>
  </section>`
}

export interface StopCardParts {
  readonly stop: LiftableStop | null
  /** How long a stop stands before its holder can lift it; null where that is at once. In milliseconds. */
  readonly liftWait: number | null
}

/** The brake in the portal, with the levels that stop more than what is stopped already. */
export function stopCard(context: PageContext, { stop, liftWait }: StopCardParts): Html {
  const left =
    stop === null ? levelsInPortal : levelsInPortal.slice(0, stop.level === 'trading' ? 1 : 2)
  return stopSection(context, { address: '/api/stop', levels: left, liftWait })
}
