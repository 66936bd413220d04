import { z } from 'zod'
import { factorNames } from '../../../domain/factors/factors.ts'
import { registrationAnswer } from '../../../domain/passkeys/answers.ts'
import { creationOptions } from '../../../domain/passkeys/options.ts'
import { selectLivePasskeys } from '../../../domain/passkeys/store.ts'
import { toIso } from '../../../kernel/clock.ts'
import { beginRegistration } from '../../../operations/register-passkey/begin-registration.ts'
import { registerPasskey } from '../../../operations/register-passkey/register.ts'
import {
  sendRegistrationCode,
  verifyRegistrationCode,
} from '../../../operations/registration-code.ts'
import { switchSecondFactor } from '../../../operations/switch-factor.ts'
import { texts } from '../../../text/texts.ts'
import { action, actionWithBody, isoTime } from '../../frame/action.ts'
import { requireSession } from '../../frame/current-session.ts'
import { sentCode, typedCode, viewSentCode } from '../../parts/code-view.ts'
import { passkeyView, viewPasskey } from '../../parts/passkey-view.ts'

const method = z.object({ method: z.enum(factorNames) })

export const showPasskeys = action(
  {
    summary: "Lists the account's passkeys, and what the browser may be told of them",
    problems: ['not_signed_in'],
    answer: z.object({
      passkeys: z.array(passkeyView),
      signal: z.object({
        rpId: z.string(),
        userId: z.string(),
        credentialIds: z.array(z.string()),
      }),
    }),
  },
  async ({ deps, visit }) => {
    const { account } = await requireSession(deps, visit)
    const passkeys = await selectLivePasskeys(deps.db, account.id)
    return {
      passkeys: passkeys.map((passkey) => viewPasskey(passkey, texts[visit.get('language')])),
      signal: {
        rpId: deps.site.rpId,
        userId: account.userHandle,
        credentialIds: passkeys.map((passkey) => passkey.credentialId),
      },
    }
  },
)

export const sendCode = action(
  {
    summary: 'Mails the code that opens the registration of one passkey',
    problems: ['not_signed_in', 'sign_in_again', 'passkey_needed', 'too_many_codes'],
    answer: sentCode,
  },
  async ({ deps, visit }) => {
    const session = await requireSession(deps, visit)
    const sent = await sendRegistrationCode(deps, session, visit.get('caller'))
    return viewSentCode(sent)
  },
)

export const verifyCode = actionWithBody(
  {
    summary: 'Opens the registration of one passkey by the code',
    problems: [
      'not_signed_in',
      'code_wrong',
      'code_expired',
      'code_spent',
      'too_many_codes',
      'start_again',
    ],
    body: typedCode,
    answer: z.object({ registerUntil: isoTime }),
  },
  async ({ deps, visit, body }) => {
    const session = await requireSession(deps, visit)
    const until = await verifyRegistrationCode(deps, session, body.code, visit.get('caller'))
    return { registerUntil: toIso(until) }
  },
)

export const registrationOptions = actionWithBody(
  {
    summary: 'Begins the registration of a passkey under its name',
    problems: [
      'not_signed_in',
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
  async ({ deps, visit, body }) => {
    const session = await requireSession(deps, visit)
    return beginRegistration(deps, session, body)
  },
)

export const register = actionWithBody(
  {
    summary: 'Registers the passkey that the browser made',
    status: 201,
    problems: [
      'not_signed_in',
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
  async ({ deps, visit, body }) => {
    const session = await requireSession(deps, visit)
    const passkey = await registerPasskey(deps, session, body, visit.get('caller'))
    return viewPasskey(passkey, texts[visit.get('language')])
  },
)

export const showSecondFactor = action(
  {
    summary: 'Tells which second factor is in force',
    problems: ['not_signed_in'],
    answer: method,
  },
  async ({ deps, visit }) => {
    const { account } = await requireSession(deps, visit)
    return { method: account.secondFactor }
  },
)

export const putSecondFactor = actionWithBody(
  {
    summary: 'Puts a second factor in force',
    problems: ['not_signed_in', 'no_passkey', 'passkey_needed'],
    body: method,
    answer: method,
  },
  async ({ deps, visit, body }) => {
    const session = await requireSession(deps, visit)
    await switchSecondFactor(deps, session, body.method, visit.get('caller'))
    return { method: body.method }
  },
)
