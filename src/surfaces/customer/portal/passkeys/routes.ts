import { z } from 'zod'
import { findSentCode } from '../../../../domain/email-codes/send.ts'
import { factorNames } from '../../../../domain/factors/factors.ts'
import { registrationAnswer } from '../../../../domain/passkeys/answers.ts'
import { creationOptions } from '../../../../domain/passkeys/options.ts'
import { isLive, type Passkey } from '../../../../domain/passkeys/passkey.ts'
import { selectKeptPasskeys } from '../../../../domain/passkeys/store.ts'
import { toIso } from '../../../../kernel/clock.ts'
import { Problem } from '../../../../kernel/http/problem.ts'
import { beginRegistration } from '../../../../operations/register-passkey/begin-registration.ts'
import {
  sendRegistrationCode,
  verifyRegistrationCode,
} from '../../../../operations/register-passkey/code.ts'
import { registerPasskey } from '../../../../operations/register-passkey/register.ts'
import { switchSecondFactor } from '../../../../operations/switch-factor.ts'
import { texts } from '../../../../text/texts.ts'
import { isoTime } from '../../../frame/action.ts'
import { knownCaller } from '../../../frame/cookies.ts'
import { sessionAction } from '../../../frame/session-action.ts'
import {
  mailedCode,
  sentCode,
  typedCode,
  viewMailedCode,
  viewSentCode,
} from '../../../parts/code-view.ts'
import { passkeyView, viewPasskey } from '../../../parts/passkey-view.ts'

const method = z.object({ method: z.enum(factorNames) })

export const showPasskeys = sessionAction(
  {
    summary: "Lists the account's passkeys, and what the browser may be told of them",
    answer: z.object({
      passkeys: z.array(passkeyView),
      /** Those that support has suspended: good for nothing, and still on their devices. */
      suspended: z.array(passkeyView),
      signal: z.object({
        rpId: z.string(),
        userId: z.string(),
        credentialIds: z.array(z.string()),
        name: z.string(),
        displayName: z.string(),
      }),
    }),
  },
  async ({ deps, visit, session }) => {
    const kept = await selectKeptPasskeys(deps.db, session.account.id)
    const view = (passkey: Passkey) => viewPasskey(passkey, texts[visit.get('language')])
    return {
      passkeys: kept.filter(isLive).map(view),
      suspended: kept.filter((one) => !isLive(one)).map(view),
      signal: {
        rpId: deps.site.rpId,
        userId: session.account.userHandle,
        credentialIds: kept.map((passkey) => passkey.credentialId),
        name: session.account.loginId,
        displayName: session.account.displayName,
      },
    }
  },
)

export const sendCode = sessionAction(
  {
    summary: 'Mails the code that opens the registration of one passkey',
    problems: ['sign_in_again', 'passkey_needed', 'too_many_passkeys', 'too_many_codes'],
    answer: sentCode,
  },
  async ({ deps, caller, session }) =>
    viewSentCode(await sendRegistrationCode(deps, session, caller)),
)

export const lookForMail = sessionAction(
  {
    summary: 'Tells what has become of the mail with the code',
    problems: ['email_code_needed'],
    answer: mailedCode,
  },
  async ({ deps, session: { id, account } }) => {
    const sent = await findSentCode(deps.db, account, id, 'passkey-registration')
    if (!sent) throw new Problem('email_code_needed')
    return viewMailedCode(deps, sent)
  },
)

export const verifyCode = sessionAction(
  {
    summary: 'Opens the registration of one passkey by the code',
    problems: ['code_wrong', 'code_expired', 'code_spent', 'too_many_codes', 'start_again'],
    body: typedCode,
    answer: z.object({ registerUntil: isoTime }),
  },
  async ({ deps, caller, session, body }) => {
    const until = await verifyRegistrationCode(deps, session, body.code, caller)
    return { registerUntil: toIso(until) }
  },
)

export const registrationOptions = sessionAction(
  {
    summary: 'Begins the registration of a passkey under its name',
    problems: [
      'email_code_needed',
      'passkey_needed',
      'start_again',
      'name_not_allowed',
      'name_taken',
      'too_many_passkeys',
    ],
    body: z.object({ name: z.string().max(1000), device: z.enum(['this-device', 'phone']) }),
    answer: creationOptions,
  },
  async ({ deps, session, body }) => beginRegistration(deps, session, body),
)

export const register = sessionAction(
  {
    summary: 'Registers the passkey that the browser made',
    status: 201,
    problems: [
      'passkey_not_verified',
      'ceremony_expired',
      'passkey_known',
      'name_taken',
      'too_many_passkeys',
      'start_again',
    ],
    body: registrationAnswer,
    answer: passkeyView,
  },
  async ({ deps, visit, session, body }) => {
    const passkey = await registerPasskey(deps, session, body, knownCaller(visit))
    return viewPasskey(passkey, texts[visit.get('language')])
  },
)

export const showSecondFactor = sessionAction(
  { summary: 'Tells which second factor is in force', answer: method },
  async ({ session }) => ({ method: session.account.secondFactor }),
)

export const putSecondFactor = sessionAction(
  {
    summary: 'Puts a second factor in force',
    problems: ['no_passkey', 'passkey_needed'],
    body: method,
    answer: method,
  },
  async ({ deps, caller, session, body }) => {
    await switchSecondFactor(deps, session, body.method, caller)
    return { method: body.method }
  },
)
