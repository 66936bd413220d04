// `/portal/stop`: the way back from the two lower levels.
import { html } from 'hono/html'
import type { LiftableStop } from '../../../domain/stops/level.ts'
import { minuteFrom } from '../../../kernel/clock.ts'
import { formatTime } from '../../../kernel/time.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import type { WayBack } from '../../oidc/way-back.ts'
import { actionBar, statusLine } from '../../parts/action-bar.ts'
import { callNumber } from '../../parts/call-number.ts'
import { changeProof, changeProofWords, type ChangeProofParts } from '../../parts/change-proof.ts'
import { presentPassword } from '../../parts/present-password.ts'
import { backLinks } from './back-links.ts'

interface LiftParts extends ChangeProofParts {
  readonly stop: LiftableStop
  /** When it can be lifted, where that is not yet. */
  readonly waitsUntil: number | null
  /** How long a stop stands. In milliseconds. */
  readonly wait: number
  readonly asksPassword: boolean
  /** Whether one of the passkeys needs neither the wait nor the password, as it is older than the stop. */
  readonly hasOlder: boolean
  readonly back: WayBack | null
}

export function liftPage(context: PageContext, parts: LiftParts): Html {
  const { texts, timeZone } = context
  const words = texts.stop
  const { stop, waitsUntil, asksPassword, hasOlder, back } = parts
  const canLift = waitsUntil === null || hasOlder
  const main = html`<section class="card">
      ${backLinks(context, back)}
      <h1 tabindex="-1">${words.liftTitle}</h1>
      <p><strong>${words.inForce[stop.level](formatTime(stop.since, timeZone))}</strong></p>
      <p>${words.liftText} ${words.liftBy[proofOf(parts)]}</p>
      ${waitsUntil !== null && waitNotice(context, parts, waitsUntil)}
      ${canLift && liftForm(context, asksPassword && waitsUntil === null, hasOlder)}
      ${callNumber(context, 'portal')}
    </section>
    ${canLift && changeProof(context, parts)}`
  return page(context, {
    title: words.liftTitle,
    script: 'lift-stop',
    words: { ...texts.browser.common, ...texts.browser.call, ...changeProofWords(texts) },
    main,
  })
}

function proofOf({ secondFactor, asksPassword, hasOlder }: LiftParts) {
  if (secondFactor === 'email' || !asksPassword) return secondFactor
  return hasOlder ? 'olderPasskey' : 'newPasskey'
}

function waitNotice({ texts, timeZone }: PageContext, parts: LiftParts, until: number): Html {
  const words = texts.stop
  const time = formatTime(minuteFrom(until), timeZone)
  return parts.hasOlder
    ? html`<p class="notice info">${words.newerWaits(time)}</p>`
    : html`<p class="notice warn">${words.waits(time, parts.wait)}</p>`
}

/** `hasOlder`: without a password the proof is asked for anew, as the session's last one does not lift it. */
function liftForm(context: PageContext, asksPassword: boolean, hasOlder: boolean): Html {
  const words = context.texts.stop
  return html`<form
    class="form"
    id="lift-form"
    method="post"
    novalidate
    ${hasOlder && 'data-has-older'}
  >
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    ${asksPassword && presentPassword(context, !hasOlder)} ${actionBar(statusLine, words.lift)}
  </form>`
}
