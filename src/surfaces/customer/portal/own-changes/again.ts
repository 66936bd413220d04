// A session that may prove nothing more, in the place of a form that it could not send.
import { html } from 'hono/html'
import { mayProveByCode } from '../../../../domain/sessions/permission.ts'
import type { Session } from '../../../../domain/sessions/session.ts'
import { freshSignIn } from '../../../../limits/passkeys.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { callNumber } from '../../../parts/call-number.ts'
import { signInAgainButton } from '../../../parts/sign-in-again.ts'
import type { WayBack } from '../../../oidc/way-back.ts'
import { backLinks } from '../back-links.ts'
import { withBrake } from './parts.ts'

/** The page in place of a change that could only be refused with `sign_in_again`; else null. */
export function signInAgainPage(
  context: PageContext,
  session: Session,
  now: number,
  { title, back }: { readonly title: string; readonly back: WayBack | null },
): Html | null {
  if (!needsSignIn(session, now)) return null
  const { texts } = context
  const { title: lead, detail } = texts.problems.sign_in_again
  const main = html`<section class="card" id="stage">
    ${session.passwordBreached ? null : backLinks(context, back)}
    <h1 tabindex="-1">${title}</h1>
    <p class="lead"><span>${lead}</span></p>
    <p>${detail}</p>
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    ${signInAgainButton(texts.newPasskey.again.submit, session.account.loginId)}
    ${callNumber(context, 'portal')}
  </section>`
  const { common, call } = texts.browser
  return page(context, {
    title,
    script: 'own-change',
    words: { ...common, ...call },
    main: session.passwordBreached ? withBrake(context, main) : main,
  })
}

function needsSignIn(session: Session, now: number): boolean {
  if (session.passwordBreached) return now - session.signedInAt > freshSignIn
  return session.account.secondFactor === 'email' && !mayProveByCode(session)
}
