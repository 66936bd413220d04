// The pages of who is not signed in; who is, is led on.
import type { Show } from '../../frame/serve.ts'
import { deskContext, homeOf } from '../frame/context.ts'
import { peekAtOperator } from '../frame/session.ts'
import { readContinueTo } from '../frame/show.ts'
import { enrolPage, signInPage } from './pages.ts'

/** `/`: to the first page of who is signed in, or to the sign-in. */
export const showStart: Show = async (visit) => {
  const session = await peekAtOperator(visit)
  return visit.redirect(session ? homeOf(session.operator.roles) : '/sign-in', 303)
}

export const showSignIn: Show = async (visit) => {
  const continueTo = readContinueTo(visit)
  if (await peekAtOperator(visit)) return visit.redirect(continueTo, 303)
  return visit.html(signInPage(deskContext(visit.get('deps'), visit, null), continueTo))
}

/** Also for who is signed in: the new passkey ends the old ones and the session. */
export const showEnrol: Show = (visit) =>
  visit.html(enrolPage(deskContext(visit.get('deps'), visit, null)))
