// What holders change themselves (rule 42), and the fresh proof that it needs.
import { z } from 'zod'
import { isEmailAddress } from '../../../../domain/accounts/email.ts'
import type { SentCode } from '../../../../domain/email-codes/code.ts'
import { amrOf } from '../../../../domain/factors/factors.ts'
import type { Session } from '../../../../domain/sessions/session.ts'
import { toIso } from '../../../../kernel/clock.ts'
import type { Problem } from '../../../../kernel/http/problem.ts'
import { longestAddress } from '../../../../limits/accounts.ts'
import * as emails from '../../../../operations/addresses/change-own-email.ts'
import { proveByChangeCode, sendChangeCode } from '../../../../operations/change-code.ts'
import { changeOwnPassword } from '../../../../operations/passwords/change-own-password.ts'
import { invalidRequest, isoTime } from '../../../frame/action.ts'
import { setToken } from '../../../frame/cookies.ts'
import { sessionAction } from '../../../frame/session-action.ts'
import { sentCode, typedCode, viewSentCode } from '../../../parts/code-view.ts'
import { typedPassword } from '../../../parts/typed-password.ts'

/** The code to the new address; `oldToo`: the present address has to answer as well. */
const askedEmail = sentCode.extend({ oldToo: z.boolean() })

export const sendProofCode = sessionAction(
  {
    summary: 'Mails the code that proves the session for one change',
    problems: ['wrong_step', 'sign_in_again', 'too_many_codes'],
    answer: sentCode,
  },
  async ({ deps, caller, session }) => viewSentCode(await sendChangeCode(deps, session, caller)),
)

export const proveByCode = sessionAction(
  {
    summary: 'Proves the session for one change by the code; its strength stays what it was',
    problems: [
      'wrong_step',
      'code_wrong',
      'code_expired',
      'code_spent',
      'too_many_codes',
      'start_again',
    ],
    body: typedCode,
    answer: z.object({ acr: z.string(), amr: z.array(z.string()), provenAt: isoTime }),
  },
  async ({ deps, visit, caller, session, body }) => {
    setToken(visit, 'session', await proveByChangeCode(deps, session, body.code, caller))
    const { acr, provenAt } = session
    return { acr, amr: [...amrOf(acr)], provenAt: toIso(provenAt) }
  },
)

export const changePassword = sessionAction(
  {
    summary: 'Sets another password by the present one and a fresh proof',
    worksBreached: true,
    problems: [
      'proof_needed',
      'sign_in_again',
      'password_wrong',
      'password_not_allowed',
      'too_many_attempts',
      'start_again',
    ],
    body: z.object({ password: typedPassword, newPassword: typedPassword }),
    answer: null,
  },
  async ({ deps, caller, session, body }) => changeOwnPassword(deps, session, body, caller),
)

export const askForEmail = sessionAction(
  {
    summary: 'Mails a code to the address that the account is to have, and one to the old one',
    status: 202,
    problems: [
      'proof_needed',
      'password_wrong',
      'too_many_attempts',
      'too_many_addresses',
      'too_many_codes',
      'sign_in_again',
      'start_again',
    ],
    body: z.object({ email: z.string().trim().max(longestAddress), password: typedPassword }),
    answer: askedEmail,
  },
  async ({ deps, caller, session, body }) => {
    if (!isEmailAddress(body.email)) throw addressNotAllowed('not a mail address')
    if (body.email === session.account.email) throw addressNotAllowed('the present address')
    return viewAsked(session, await emails.askForEmail(deps, session, body, caller))
  },
)

export const resendEmailCodes = sessionAction(
  {
    summary: 'Mails the codes for a new address again',
    problems: ['email_code_needed', 'too_many_codes', 'start_again'],
    answer: askedEmail,
  },
  async ({ deps, caller, session }) =>
    viewAsked(session, await emails.resendEmailCodes(deps, session, caller)),
)

export const verifyEmail = sessionAction(
  {
    summary:
      'Gives the account its new address by the code that was mailed there, and one from the old one',
    problems: ['code_wrong', 'code_expired', 'code_spent', 'too_many_codes', 'start_again'],
    body: typedCode.extend({ oldCode: typedCode.shape.code.optional() }),
    answer: null,
  },
  async ({ deps, caller, session, body: { code, oldCode } }) => {
    if (oldCode === undefined && emails.answersToo(session.account)) {
      throw invalidRequest([
        { path: 'oldCode', message: 'the code of the present address is needed' },
      ])
    }
    await emails.proveNewEmail(deps, session, { code, oldCode: oldCode ?? '' }, caller)
  },
)

function viewAsked({ account }: Session, sent: SentCode): z.output<typeof askedEmail> {
  return { ...viewSentCode(sent), oldToo: emails.answersToo(account) }
}

function addressNotAllowed(message: string): Problem {
  return invalidRequest([{ path: 'email', message }])
}
