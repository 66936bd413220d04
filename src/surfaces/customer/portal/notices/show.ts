// The pages of what a holder is told by mail.
import { maskAddress } from '../../../../domain/email-codes/code.ts'
import { proofOf, waitingCode } from '../own-changes/state.ts'
import { signedIn } from '../signed-in.ts'
import { noticeAddressPage, noticesPage } from './page.ts'

export const showNotices = signedIn(async (visit, _, { session, back, context }) => {
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
  const { noticeEmail } = session.account
  const anew = visit.req.query('again') !== undefined
  const view = {
    second: noticeEmail === null ? null : maskAddress(noticeEmail),
    code: anew ? null : await waitingCode(deps, session, 'notice-email'),
    now: deps.now(),
    proof: await proofOf(visit, session),
    back,
  }
  return visit.html(noticeAddressPage(context, view))
})
