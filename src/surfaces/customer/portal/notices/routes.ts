// What a holder is told by mail, and at which second address (rule 27).
import { z } from 'zod'
import type { Account } from '../../../../domain/accounts/account.ts'
import { isEmailAddress } from '../../../../domain/accounts/email.ts'
import { maskAddress } from '../../../../domain/email-codes/code.ts'
import { longestAddress } from '../../../../limits/accounts.ts'
import * as notices from '../../../../operations/addresses/notices.ts'
import { invalidRequest } from '../../../frame/action.ts'
import { sessionAction } from '../../../frame/session-action.ts'
import { sentCode, typedCode, viewSentCode } from '../../../parts/code-view.ts'
import { typedPassword } from '../../../parts/typed-password.ts'

/** `address`: the second one, masked, or null. */
const choices = z.object({ everySignIn: z.boolean(), address: z.string().nullable() })

/** Needed where the second factor is e-mail. */
const password = typedPassword.optional()

const changeProblems = [
  'proof_needed',
  'password_wrong',
  'too_many_attempts',
  'start_again',
] as const

export const showNotices = sessionAction(
  { summary: 'What the holder is told by mail, and where besides', answer: choices },
  async ({ session: { account } }) => viewChoices(account),
)

export const putNotices = sessionAction(
  {
    summary: 'Chooses whether every sign-in is told, or those from new browsers alone',
    problems: changeProblems,
    body: z.object({ everySignIn: z.boolean(), password }),
    answer: choices,
  },
  async ({ deps, caller, session, body }) => {
    await notices.chooseNotices(deps, session, body, caller)
    return { ...viewChoices(session.account), everySignIn: body.everySignIn }
  },
)

export const askForNoticeAddress = sessionAction(
  {
    summary: 'Mails a code to the address that is to get notices too',
    status: 202,
    problems: [...changeProblems, 'too_many_addresses', 'too_many_codes', 'sign_in_again'],
    body: z.object({ email: z.string().trim().max(longestAddress), password }),
    answer: sentCode,
  },
  async ({ deps, caller, session, body }) => {
    const { email, noticeEmail } = session.account
    if (!isEmailAddress(body.email)) throw addressNotAllowed('not a mail address')
    if (body.email === email || body.email === noticeEmail) {
      throw addressNotAllowed('gets notices already')
    }
    return viewSentCode(await notices.askForNoticeAddress(deps, session, body, caller))
  },
)

export const resendNoticeCode = sessionAction(
  {
    summary: 'Mails the code for a second address again',
    problems: ['email_code_needed', 'too_many_codes', 'start_again'],
    answer: sentCode,
  },
  async ({ deps, caller, session }) =>
    viewSentCode(await notices.resendNoticeCode(deps, session, caller)),
)

export const verifyNoticeAddress = sessionAction(
  {
    summary: 'Makes an address get notices too, by the code that was mailed there',
    problems: ['code_wrong', 'code_expired', 'code_spent', 'too_many_codes', 'start_again'],
    body: typedCode,
    answer: null,
  },
  async ({ deps, caller, session, body }) =>
    notices.proveNoticeAddress(deps, session, body.code, caller),
)

export const removeNoticeAddress = sessionAction(
  {
    summary: 'Takes the second address away; it goes on getting notices for a while',
    problems: changeProblems,
    bodyMayMiss: true,
    body: z.object({ password }),
    answer: null,
  },
  async ({ deps, caller, session, body }) =>
    notices.removeNoticeAddress(deps, session, body.password, caller),
)

function viewChoices({ tellsSignIns, noticeEmail }: Account): z.output<typeof choices> {
  return {
    everySignIn: tellsSignIns === 1,
    address: noticeEmail === null ? null : maskAddress(noticeEmail),
  }
}

function addressNotAllowed(message: string) {
  return invalidRequest([{ path: 'email', message }])
}
