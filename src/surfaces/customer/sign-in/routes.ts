import { z } from 'zod'
import { asGuest } from '../../../domain/actor.ts'
import { factors, type Factor } from '../../../domain/factors/factors.ts'
import { authenticationAnswer } from '../../../domain/passkeys/answers.ts'
import { requestOptions } from '../../../domain/passkeys/options.ts'
import { findSignInCode } from '../../../domain/sign-ins/code.ts'
import { longestContinueTo } from '../../../domain/sign-ins/continue-to.ts'
import type { SignIn } from '../../../domain/sign-ins/sign-in.ts'
import { seconds, toIso } from '../../../kernel/clock.ts'
import { Problem } from '../../../kernel/http/problem.ts'
import { longestTypedLoginId } from '../../../limits/accounts.ts'
import { knownBrowserLifetime } from '../../../limits/sessions.ts'
import { beginProof } from '../../../operations/check-proof.ts'
import { noteFailure } from '../../../operations/note-failure.ts'
import type { SignedIn, SigningBrowser } from '../../../operations/sign-in/finish.ts'
import { giveUpSignIn } from '../../../operations/sign-in/give-up.ts'
import { proveByEmailCode, resendCode } from '../../../operations/sign-in/prove-email-code.ts'
import { proveByPasskey } from '../../../operations/sign-in/prove-passkey.ts'
import { startSignIn } from '../../../operations/sign-in/start.ts'
import { action, isoTime } from '../../frame/action.ts'
import { clearToken, readToken, readTokens, setToken, setTokens } from '../../frame/cookies.ts'
import { requireSignIn, requireStep } from '../../frame/current-sign-in.ts'
import type { Visit } from '../../frame/visit.ts'
import {
  mailedCode,
  typedCode,
  sentCode,
  viewMailedCode,
  viewSentCode,
} from '../../parts/code-view.ts'
import { chosenPasskey, passkeyAtSignIn } from '../../parts/passkey-view.ts'
import { listPasskeys } from '../../parts/passkeys-here.ts'
import { typedPassword } from '../../parts/typed-password.ts'

const passkeyHere = passkeyAtSignIn.extend({
  /** Whether it has worked in this browser. */
  here: z.boolean(),
})

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal(factors.passkey.step), passkeys: z.array(passkeyHere) }),
  sentCode.extend({
    step: z.literal(factors.email.step),
    /** Null where no code could be sent yet. */
    expiresAt: isoTime.nullable(),
  }),
])

const done = z.object({ step: z.literal('done'), continueTo: z.string() })

export const start = action(
  {
    summary:
      'Begins a sign-in with login ID and password; one that is refused with too_many_codes is open all the same',
    problems: ['sign_in_refused', 'too_many_attempts', 'too_many_codes'],
    body: z.object({
      loginId: z.string().max(longestTypedLoginId),
      password: typedPassword,
      continueTo: z.string().max(longestContinueTo).optional(),
    }),
    answer: step,
  },
  async ({ deps, visit, caller, body }) => {
    const { token, signIn, refusal } = await startSignIn(deps, {
      loginId: body.loginId,
      password: body.password,
      continueTo: body.continueTo,
      replaces: readToken(visit, 'sign-in'),
      browser: readTokens(visit, 'browser'),
      caller,
    })
    setToken(visit, 'sign-in', token)
    if (refusal) throw refusal
    return describe[signIn.account.secondFactor](visit, signIn)
  },
)

export const look = action(
  { summary: 'Tells at which step the sign-in stands', problems: ['no_sign_in'], answer: step },
  async ({ deps, visit }) => {
    const signIn = await requireSignIn(deps, visit)
    return describe[signIn.account.secondFactor](visit, signIn)
  },
)

export const giveUp = action(
  { summary: 'Gives the sign-in up', problems: ['no_sign_in'], answer: null },
  async ({ deps, visit, caller }) => {
    const signIn = await requireSignIn(deps, visit)
    await giveUpSignIn(deps, signIn, caller)
    clearToken(visit, 'sign-in')
  },
)

export const verifyCode = action(
  {
    summary: 'Ends the sign-in by the code that was mailed',
    problems: [
      'no_sign_in',
      'wrong_step',
      'code_wrong',
      'code_expired',
      'code_spent',
      'too_many_codes',
    ],
    body: typedCode,
    answer: done,
  },
  async ({ deps, visit, body }) => {
    const signIn = await requireStep(deps, visit, 'email')
    return answerSignedIn(visit, await proveByEmailCode(deps, signIn, body.code, from(visit)))
  },
)

export const sendAnotherCode = action(
  {
    summary: 'Mails another code',
    problems: ['no_sign_in', 'wrong_step', 'too_many_codes'],
    answer: sentCode,
  },
  async ({ deps, visit, caller }) => {
    const signIn = await requireStep(deps, visit, 'email')
    return viewSentCode(await resendCode(deps, signIn, caller))
  },
)

export const lookForMail = action(
  {
    summary: 'Tells what has become of the mail with the code',
    problems: ['no_sign_in', 'wrong_step', 'email_code_needed'],
    answer: mailedCode,
  },
  async ({ deps, visit }) => {
    const signIn = await requireStep(deps, visit, 'email')
    const code = await findSignInCode(deps.db, signIn, deps.now())
    if (code.expiresAt === null) throw new Problem('email_code_needed')
    return viewMailedCode(deps, code)
  },
)

export const passkeyOptions = action(
  {
    summary: 'Asks for one passkey of the account',
    problems: ['no_sign_in', 'wrong_step', 'no_such_passkey'],
    body: chosenPasskey,
    answer: requestOptions,
  },
  async ({ deps, visit, body }) => {
    const signIn = await requireStep(deps, visit, 'passkey')
    return beginProof(deps, signIn, 'sign-in', body.passkeyId)
  },
)

export const verifyPasskey = action(
  {
    summary: 'Ends the sign-in by the passkey that was asked for',
    problems: ['no_sign_in', 'wrong_step', 'passkey_not_verified', 'ceremony_expired'],
    body: authenticationAnswer,
    answer: done,
  },
  async ({ deps, visit, body }) => {
    const signIn = await requireStep(deps, visit, 'passkey')
    return answerSignedIn(visit, await proveByPasskey(deps, signIn, body, from(visit)))
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
    const { account } = await requireStep(deps, visit, 'passkey')
    const tokens = readTokens(visit, 'browser')
    await noteFailure(deps, asGuest(caller), account, { ...body, tokens })
  },
)

type Describe = (visit: Visit, signIn: SignIn) => Promise<z.output<typeof step>>

const describe = {
  email: async (visit, signIn) => {
    const { db, now } = visit.get('deps')
    const { sentTo, expiresAt, resendAfter } = await findSignInCode(db, signIn, now())
    return {
      step: factors.email.step,
      sentTo,
      expiresAt: expiresAt === null ? null : toIso(expiresAt),
      resendAfter: toIso(resendAfter),
    }
  },
  passkey: async (visit, { account }) => {
    const { passkeys, here } = await listPasskeys(visit, account.id)
    return {
      step: factors.passkey.step,
      passkeys: passkeys.map((one) => passkeyHere.parse({ ...one, here: here.has(one.id) })),
    }
  },
} as const satisfies Record<Factor, Describe>

function from(visit: Visit): SigningBrowser {
  return {
    caller: visit.get('caller'),
    replaces: readToken(visit, 'session'),
    browser: readTokens(visit, 'browser'),
    call: readToken(visit, 'call'),
  }
}

function answerSignedIn(visit: Visit, signedIn: SignedIn): z.output<typeof done> {
  clearToken(visit, 'sign-in')
  setToken(visit, 'session', signedIn.sessionToken)
  setTokens(visit, 'browser', signedIn.browserTokens, knownBrowserLifetime / seconds)
  return { step: 'done', continueTo: signedIn.continueTo }
}
