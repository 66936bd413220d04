// The pages of what a holder is told by mail.
import { maskAddress } from '../../../../domain/email-codes/code.ts'
import { signInAgainPage } from '../own-changes/again.ts'
import { proofOf, waitingCode } from '../own-changes/state.ts'
import { signedIn } from '../signed-in.ts'
import { noticeAddressPage, noticesPage } from './page.ts'

export const showNotices = signedIn(async (visit, deps, { session, back, context }) => {
  const { title } = context.texts.notices
  const anew = signInAgainPage(context, session, deps.now(), { title, back })
  if (anew) return visit.html(anew)
  const { email, noticeEmail, tellsSignIns } = session.account
  const done = visit.req.query('done')
  const view = {
    everySignIn: tellsSignIns === 1,
    own: maskAddress(email),
    second: noticeEmail === null ? null : maskAddress(noticeEmail),
    done: done === 'set' || done === 'removed' ? done : null,
    proof: await proofOf(visit, session),
    back,
  } as const
  return visit.html(noticesPage(context, view))
})

export const showNoticeAddress = signedIn(async (visit, deps, { session, back, context }) => {
  const { title } = context.texts.notices.address
  const anew = signInAgainPage(context, session, deps.now(), { title, back })
  if (anew) return visit.html(anew)
  const { noticeEmail } = session.account
  const view = {
    second: noticeEmail === null ? null : maskAddress(noticeEmail),
    code:
      visit.req.query('again') === undefined
        ? await waitingCode(deps, session, 'notice-email')
        : null,
    now: deps.now(),
    proof: await proofOf(visit, session),
    back,
  }
  return visit.html(noticeAddressPage(context, view))
})
