// 「いま試す」: a passkey is tried out in the session, which stays as it is.
import { z } from 'zod'
import { authenticationAnswer } from '../../../../domain/passkeys/answers.ts'
import { requestOptions } from '../../../../domain/passkeys/options.ts'
import { ways } from '../../../../domain/vocabulary/purposes.ts'
import { beginProof } from '../../../../operations/check-proof.ts'
import { rehearsePasskey } from '../../../../operations/rehearse-passkey.ts'
import { knownCaller } from '../../../frame/cookies.ts'
import { sessionAction } from '../../../frame/session-action.ts'

export const options = sessionAction(
  {
    summary: 'Asks for one passkey of the account, to try it out',
    problems: ['no_such_passkey'],
    answer: requestOptions,
  },
  async ({ deps, visit, session }) =>
    beginProof(deps, session, 'rehearsal', visit.req.param('id') ?? ''),
)

export const rehearse = sessionAction(
  {
    summary: 'Tries out the passkey that was asked for; the session stays as it is',
    problems: ['passkey_not_verified', 'ceremony_expired', 'start_again'],
    body: authenticationAnswer,
    answer: z.object({
      /** Whether this device answered itself, or another one such as a phone by QR code. */
      way: z.enum(ways),
    }),
  },
  async ({ deps, visit, session, body }) => {
    const id = visit.req.param('id') ?? ''
    return { way: await rehearsePasskey(deps, session, id, body, knownCaller(visit)) }
  },
)
