import { z } from 'zod'
import { asGuest } from '../../../domain/actor.ts'
import { authenticationAnswer } from '../../../domain/passkeys/answers.ts'
import { requestOptions } from '../../../domain/passkeys/options.ts'
import type { Recovery } from '../../../domain/recoveries/recovery.ts'
import { noSignIn } from '../../../domain/sign-ins/sign-in.ts'
import type { RecoveryKind } from '../../../domain/vocabulary/life.ts'
import { toIso } from '../../../kernel/clock.ts'
import { longestAddress, longestTypedLoginId } from '../../../limits/accounts.ts'
import { codeLifetime, resendWait } from '../../../limits/codes.ts'
import { noteFailure } from '../../../operations/note-failure.ts'
import { beginActivation, beginForgotten } from '../../../operations/recovery/begin.ts'
import { giveUpRecovery } from '../../../operations/recovery/give-up.ts'
import { mailLoginId } from '../../../operations/recovery/mail-login-id.ts'
import {
  beginRecoveryProof,
  proveRecoveryCode,
  proveRecoveryPasskey,
  resendRecoveryCode,
} from '../../../operations/recovery/prove.ts'
import { setRecoveredPassword } from '../../../operations/recovery/set-password.ts'
import { action, isoTime } from '../../frame/action.ts'
import { clearToken, knownCaller, readToken, readTokens, setToken } from '../../frame/cookies.ts'
import type { Visit } from '../../frame/visit.ts'
import { typedCode } from '../../parts/code-view.ts'
import { chosenPasskey, passkeyAtSignIn } from '../../parts/passkey-view.ts'
import { listPasskeys } from '../../parts/passkeys-here.ts'
import { typedPassword } from '../../parts/typed-password.ts'
import { requireRecovery, requireRecoveryStep } from './current.ts'

/** Where no address stands, as it would tell who has the login ID. */
const askedCode = z.object({ expiresAt: isoTime, resendAfter: isoTime })

const step = z.discriminatedUnion('step', [
  askedCode.extend({ step: z.literal('email-code') }),
  z.object({ step: z.literal('passkey'), passkeys: z.array(passkeyAtSignIn) }),
  z.object({ step: z.literal('password') }),
  z.object({ step: z.literal('activation') }),
])

type Step = z.output<typeof step>

const loginId = z.string().max(longestTypedLoginId)
const newPassword = z.object({ newPassword: typedPassword })

export const forgottenLoginId = action(
  {
    summary: 'Mails the login ID to an address, if an account has it',
    status: 202,
    problems: ['too_many_attempts'],
    body: z.object({ email: z.string().max(longestAddress) }),
    answer: null,
  },
  async ({ deps, caller, body }) => mailLoginId(deps, body.email, caller),
)

export const startForgotten = action(
  {
    summary:
      'Begins to replace a forgotten password, and mails a code if an account has the login ID',
    status: 202,
    problems: ['too_many_attempts'],
    body: z.object({ loginId }),
    answer: step,
  },
  async ({ deps, visit, caller, body }) => {
    const replaces = readToken(visit, 'recovery')
    return answerBegun(visit, await beginForgotten(deps, { ...body, replaces, caller }))
  },
)

export const startActivation = action(
  {
    summary: 'Begins to set a password by an activation code, and mails its other code',
    problems: ['activation_refused', 'too_many_attempts'],
    body: z.object({ loginId, activationCode: z.string().max(256) }),
    answer: step,
  },
  async ({ deps, visit, caller, body }) => {
    const replaces = readToken(visit, 'recovery')
    return answerBegun(visit, await beginActivation(deps, { ...body, replaces, caller }))
  },
)

/** The calls that both kinds of attempt have. */
function callsOf(kind: RecoveryKind) {
  return {
    look: action(
      { summary: 'Tells at which step the attempt stands', problems: ['no_sign_in'], answer: step },
      async ({ visit }) => describe(visit, await requireRecovery(visit, kind)),
    ),
    giveUp: action(
      { summary: 'Gives the attempt up', problems: ['no_sign_in'], answer: null },
      async ({ deps, visit, caller }) => {
        await giveUpRecovery(deps, await requireRecovery(visit, kind), caller)
        clearToken(visit, 'recovery')
      },
    ),
    verifyCode: action(
      {
        summary: 'Goes on by the code that was mailed',
        problems: ['no_sign_in', 'wrong_step', 'code_wrong', 'code_expired', 'too_many_codes'],
        body: typedCode,
        answer: step,
      },
      async ({ deps, visit, caller, body }) => {
        const recovery = await requireRecoveryStep(visit, kind, 'email-code')
        const next = await proveRecoveryCode(deps, recovery, body.code, caller)
        return describe(visit, { ...recovery, step: next })
      },
    ),
    sendAnotherCode: action(
      {
        summary: 'Asks for another code',
        problems: ['no_sign_in', 'wrong_step', 'too_many_codes'],
        answer: askedCode,
      },
      async ({ deps, visit, caller }) => {
        const recovery = await requireRecoveryStep(visit, kind, 'email-code')
        return viewAsked(await resendRecoveryCode(deps, recovery, caller))
      },
    ),
    putPassword: action(
      {
        summary: 'Sets the password, once everything is proven',
        problems: ['no_sign_in', 'wrong_step', 'password_not_allowed', 'start_again'],
        body: newPassword,
        answer: null,
      },
      async ({ deps, visit, caller, body }) => {
        const recovery = await requireRecoveryStep(visit, kind, 'password')
        await setRecoveredPassword(deps, recovery, body.newPassword, caller)
        clearToken(visit, 'recovery')
      },
    ),
  }
}

export const forgotten = callsOf('forgotten')
export const activation = callsOf('activation')

export const passkeyOptions = action(
  {
    summary: 'Asks for one passkey of the account',
    problems: ['no_sign_in', 'wrong_step', 'no_such_passkey'],
    body: chosenPasskey,
    answer: requestOptions,
  },
  async ({ deps, visit, body }) => {
    const recovery = await requireRecoveryStep(visit, 'forgotten', 'passkey')
    return beginRecoveryProof(deps, recovery, body.passkeyId)
  },
)

export const verifyPasskey = action(
  {
    summary: 'Goes on by the passkey that was asked for',
    problems: ['no_sign_in', 'wrong_step', 'passkey_not_verified', 'ceremony_expired'],
    body: authenticationAnswer,
    answer: step,
  },
  async ({ deps, visit, body }) => {
    const recovery = await requireRecoveryStep(visit, 'forgotten', 'passkey')
    const next = await proveRecoveryPasskey(deps, recovery, body, knownCaller(visit))
    return describe(visit, { ...recovery, step: next })
  },
)

export const passkeyFailed = action(
  {
    summary: 'Tells that a passkey gave no answer in this browser, which remembers it',
    problems: ['no_sign_in', 'wrong_step', 'no_such_passkey'],
    body: chosenPasskey,
    answer: null,
  },
  async ({ deps, visit, caller, body }) => {
    const { account } = await requireRecoveryStep(visit, 'forgotten', 'passkey')
    if (!account) throw noSignIn()
    await noteFailure(deps, asGuest(caller), account, {
      ...body,
      tokens: readTokens(visit, 'browser'),
    })
  },
)

function answerBegun(
  visit: Visit,
  { token, recovery }: { readonly token: string; readonly recovery: Recovery },
): Promise<Step> {
  setToken(visit, 'recovery', token)
  return describe(visit, recovery)
}

async function describe(visit: Visit, { step: at, account, codeAt }: Recovery): Promise<Step> {
  if (at === 'email-code') return { step: at, ...viewAsked(codeAt) }
  if (at !== 'passkey' || !account) return { step: at === 'activation' ? at : 'password' }
  const { passkeys } = await listPasskeys(visit, account.id)
  return { step: at, passkeys: passkeys.map((one) => passkeyAtSignIn.parse(one)) }
}

function viewAsked(codeAt: number): z.output<typeof askedCode> {
  return { expiresAt: toIso(codeAt + codeLifetime), resendAfter: toIso(codeAt + resendWait) }
}
