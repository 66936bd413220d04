// What the pages of both kinds of attempt have alike.
import { html } from 'hono/html'
import type { CallPage } from '../../../domain/vocabulary/calls.ts'
import type { RecoveryKind } from '../../../domain/vocabulary/life.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import { callNumber } from '../../parts/call-number.ts'

/** Where the calls of each kind are. */
const callsAt: Readonly<Record<RecoveryKind, string>> = {
  forgotten: '/api/forgotten/password',
  activation: '/api/activation',
}

/** A page of an attempt: its title, and what stands below it. */
export function recoveryPage(
  context: PageContext,
  kind: RecoveryKind,
  {
    title,
    above = null,
    content,
    stuckAt,
    after,
  }: {
    readonly title: string
    readonly above?: Html | null
    readonly content: Html
    /** What support is told of the page; null where nobody needs it any more. */
    readonly stuckAt: CallPage | null
    readonly after: Html
  },
): Html {
  const { browser } = context.texts
  const { call, common, code, dialog, get, newPassword, recovery } = browser
  const main = html`<section class="card" id="recovery" data-calls="${callsAt[kind]}">
      ${above}
      <h1>${title}</h1>
      ${content} ${stuckAt && callNumber(context, stuckAt)}
    </section>
    <p class="after">${after}</p>`
  const words = { ...call, ...common, ...code, ...dialog, ...get, ...newPassword, ...recovery }
  return page(context, {
    title,
    script: 'recovery',
    words: { ...words, noTriesLeft: recovery.noTries, toSignIn: recovery.again },
    main,
  })
}

/** Ends the attempt; where it has ended already, another one begins on the same page. */
export function givingUp({ texts }: PageContext, kind: RecoveryKind): Html {
  return html`<button
    class="button quiet"
    id="give-up"
    type="button"
    data-leave-to="/sign-in"
    data-begin-again="${pathOf[kind]}"
    disabled
  >
    ${texts.recovery.giveUp}
  </button>`
}

/** Back to the sign-in, where nothing has begun. */
export function closing({ texts }: PageContext): Html {
  return html`<a class="button quiet" id="leave" href="/sign-in">${texts.recovery.close}</a>`
}

/** The page of each kind. */
export const pathOf: Readonly<Record<RecoveryKind, string>> = {
  forgotten: '/forgotten',
  activation: '/activate',
}
