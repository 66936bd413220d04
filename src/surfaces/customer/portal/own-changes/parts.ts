// What the pages of a holder's own changes have alike.
import { html } from 'hono/html'
import { formatTime } from '../../../../kernel/time.ts'
import { icon } from '../../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import type { WayBack } from '../../../oidc/way-back.ts'
import type { ChangeProofParts } from '../../../parts/change-proof.ts'
import { stopSection } from '../../../parts/stop.ts'
import { backLinks, waysOn } from '../back-links.ts'

export interface OwnChangeParts {
  /** The fresh proof that the change needs; null where it needs none. */
  readonly proof: ChangeProofParts | null
  /** The length and the end of a hold that would begin now. */
  readonly holdAhead: string
  /** Where guessing has locked the account: whether it knows this browser, which the change forgets. */
  readonly guessedAt: 'known' | 'unknown' | null
  readonly back: WayBack | null
}

/** What a change brings, before the button that makes it. */
export function conditions(
  { texts }: PageContext,
  { proof, holdAhead, guessedAt }: OwnChangeParts,
  effects: readonly string[],
): Html {
  return html`${guessedAt && html`<p class="notice warn">${texts.ownChanges.guessedAt[guessedAt]}</p>`}
    <ul class="bullets small">
      ${proof && html`<li>${texts.ownChanges.proof[proof.secondFactor]}</li>`}
      ${effects.map((effect) => html`<li>${effect}</li>`)} ${proof && html`<li>${holdAhead}</li>`}
    </ul>`
}

const everything = { address: '/api/stop', levels: ['sign-in'] } as const

/** With 「緊急停止」 below: no other page opens in a session whose password is breached, where its holder could stop. */
export function withBrake(context: PageContext, main: Html): Html {
  return html`${main} ${stopSection(context, everything)}`
}

interface Done {
  readonly title: string
  readonly text: string
  readonly heldUntil: number
  readonly back: WayBack | null
}

/** The end of a change. It has an address of its own, so that a reload shows it again. */
export function changedPage(context: PageContext, { title, text, heldUntil, back }: Done): Html {
  const { texts, timeZone, holdWords } = context
  const main = html`<section class="card" id="stage">
    ${backLinks(context, back)}
    <p class="done">${icon('check')}</p>
    <h1 tabindex="-1" autofocus>${title}</h1>
    <p>${text}</p>
    <p>${texts.hold[holdWords].until(formatTime(heldUntil, timeZone))}</p>
    ${waysOn(context, back)}
  </section>`
  return page(context, { title, script: 'own-change', words: texts.browser.common, main })
}
