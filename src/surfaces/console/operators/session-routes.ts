import { z } from 'zod'
import { operatorSessionEnd } from '../../../domain/operators/operator.ts'
import {
  operatorCreationOptions,
  operatorRequestOptions,
  signInOptions,
} from '../../../domain/operators/options.ts'
import { selectOperatorPasskeys } from '../../../domain/operators/passkeys.ts'
import { authenticationAnswer, registrationAnswer } from '../../../domain/passkeys/answers.ts'
import { seconds, toIso } from '../../../kernel/clock.ts'
import { newToken } from '../../../kernel/secrets.ts'
import { ceremonyLifetime } from '../../../limits/passkeys.ts'
import { listCommandUses } from '../../../operations/operators/operators.ts'
import * as passkeys from '../../../operations/operators/passkeys.ts'
import {
  beginOperatorSignIn,
  signOperatorIn,
  signOperatorOut,
} from '../../../operations/operators/sign-in.ts'
import { texts } from '../../../text/texts.ts'
import { action, isoTime } from '../../frame/action.ts'
import { clearToken, readToken, setToken } from '../../frame/cookies.ts'
import { operatorAction } from '../frame/session.ts'
import {
  operatorPasskeyView,
  memberView,
  operatorView,
  viewMember,
  viewOperatorPasskey,
} from './operator-view.ts'

export const askToSignIn = action(
  { summary: 'Asks for whatever passkey of the console the browser finds', answer: signInOptions },
  async ({ deps, visit }) => {
    // Two tabs of one browser share it, so that a sign-in may go on in either.
    const token = readToken(visit, 'sign-in') ?? newToken()
    setToken(visit, 'sign-in', token, ceremonyLifetime / seconds)
    return beginOperatorSignIn(deps, token)
  },
)

export const signIn = action(
  {
    summary: 'Signs in the operator whose passkey answered, in the browser that asked',
    problems: ['passkey_not_verified', 'ceremony_expired', 'start_again'],
    body: authenticationAnswer,
    answer: z.object({ operator: memberView }),
  },
  async ({ deps, visit, caller, body }) => {
    const { operator, token } = await signOperatorIn(deps, caller, body, {
      browserToken: readToken(visit, 'sign-in'),
      replaces: readToken(visit, 'session'),
    })
    setToken(visit, 'session', token)
    clearToken(visit, 'sign-in')
    return { operator: viewMember(operator) }
  },
)

export const showSession = operatorAction(
  null,
  {
    summary: 'Tells who is signed in, and what the command line has done to operators of late',
    answer: z.object({
      operator: memberView,
      signedInAt: isoTime,
      /** Null once a registration has used the proof up. */
      provenAt: isoTime.nullable(),
      expiresAt: isoTime,
      passkeys: z.array(operatorPasskeyView),
      banners: z.array(
        z.object({
          at: isoTime,
          did: z.enum(['added', 'removed']),
          operator: operatorView.extend({ roles: z.string() }),
          by: z.string(),
        }),
      ),
      /** How many there were before those. */
      moreBanners: z.number(),
    }),
  },
  async ({ deps, visit, session }) => {
    const words = texts[visit.get('language')]
    const own = await selectOperatorPasskeys(deps.db, session.operator.id)
    const { latest, more } = await listCommandUses(deps)
    return {
      operator: viewMember(session.operator),
      signedInAt: toIso(session.signedInAt),
      provenAt: session.provenAt === 0 ? null : toIso(session.provenAt),
      expiresAt: toIso(operatorSessionEnd(session)),
      passkeys: own.map((passkey) => viewOperatorPasskey(passkey, words)),
      banners: latest.map(({ at, did, operatorId: id, name, roles, by }) => ({
        ...{ at: toIso(at), did, operator: { id, name, roles }, by },
      })),
      moreBanners: more,
    }
  },
)

export const signOut = operatorAction(
  null,
  { summary: 'Signs out', answer: null },
  async ({ deps, visit, caller, session }) => {
    await signOperatorOut(deps, session, caller)
    clearToken(visit, 'session')
  },
)

export const proofOptions = operatorAction(
  null,
  {
    summary: 'Asks for a passkey of the operator’s own, to prove the session anew',
    answer: operatorRequestOptions,
  },
  async ({ deps, session }) => passkeys.beginOperatorProof(deps, session),
)

export const prove = operatorAction(
  null,
  {
    summary: 'Proves the session with that passkey',
    problems: ['passkey_not_verified', 'ceremony_expired', 'start_again'],
    body: authenticationAnswer,
    answer: z.object({ provenAt: isoTime }),
  },
  async ({ deps, visit, caller, session, body }) => {
    const { token, provenAt } = await passkeys.proveOperator(deps, session, body, caller)
    setToken(visit, 'session', token)
    return { provenAt: toIso(provenAt) }
  },
)

export const furtherPasskeyOptions = operatorAction(
  null,
  {
    summary: 'Asks for a further passkey of the operator’s own, after a fresh proof',
    problems: ['proof_needed', 'too_many_passkeys'],
    answer: operatorCreationOptions,
  },
  async ({ deps, session }) => passkeys.beginFurtherPasskey(deps, session),
)

export const registerFurtherPasskey = operatorAction(
  null,
  {
    summary: 'Registers the further passkey',
    status: 201,
    problems: [
      ...(['proof_needed', 'too_many_passkeys', 'passkey_not_verified'] as const),
      ...(['ceremony_expired', 'passkey_known', 'start_again'] as const),
    ],
    body: registrationAnswer,
    answer: operatorPasskeyView,
  },
  async ({ deps, visit, caller, session, body }) => {
    const passkey = await passkeys.registerFurtherPasskey(deps, session, body, caller)
    return viewOperatorPasskey(passkey, texts[visit.get('language')])
  },
)
