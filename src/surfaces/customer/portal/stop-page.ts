// `/portal/stop`: the way back from the two lower levels.
import { html } from 'hono/html'
import type { LiftableStop } from '../../../domain/stops/level.ts'
import { formatTime } from '../../../kernel/time.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import type { WayBack } from '../../oidc/way-back.ts'
import { actionBar, statusLine } from '../../parts/action-bar.ts'
import { callNumber } from '../../parts/call-number.ts'
import { changeProof, changeProofWords, type ChangeProofParts } from '../../parts/change-proof.ts'
import { backLinks } from './back-links.ts'
import { presentPassword } from '../../parts/present-password.ts'

interface LiftParts extends ChangeProofParts {
  readonly stop: LiftableStop
  /** When it can be lifted, where that is not yet. */
  readonly waitsUntil: number | null
  /** How long a stop stands. In milliseconds. */
  readonly wait: number
  readonly asksPassword: boolean
  readonly back: WayBack | null
}

export function liftPage(context: PageContext, parts: LiftParts): Html {
  const { texts, timeZone } = context
  const words = texts.stop
  const { stop, waitsUntil, wait, asksPassword, back } = parts
  const by = asksPassword && parts.secondFactor === 'passkey' ? 'newPasskey' : parts.secondFactor
  const main = html`<section class="card">
      ${backLinks(context, back)}
      <h1 tabindex="-1">${words.liftTitle}</h1>
      <p><strong>${words.inForce[stop.level](formatTime(stop.since, timeZone))}</strong></p>
      <p>${words.liftText} ${words.liftBy[by]}</p>
      ${
        waitsUntil === null
          ? liftForm(context, asksPassword)
          : html`<p class="notice warn">${words.waits(formatTime(waitsUntil, timeZone), wait)}</p>`
      }
      ${callNumber(context, 'portal')}
    </section>
    ${waitsUntil === null && changeProof(context, parts)}`
  return page(context, {
    title: words.liftTitle,
    script: 'lift-stop',
    words: { ...texts.browser.common, ...texts.browser.call, ...changeProofWords(texts) },
    main,
  })
}

function liftForm(context: PageContext, asksPassword: boolean): Html {
  const words = context.texts.stop
  return html`<form class="form" id="lift-form" method="post" novalidate>
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    ${asksPassword && presentPassword(context)} ${actionBar(statusLine, words.lift)}
  </form>`
}
