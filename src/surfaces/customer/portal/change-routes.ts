// What holders change themselves (rule 42), and the fresh proof that it needs.
import { z } from 'zod'
import { amrOf } from '../../../domain/factors/factors.ts'
import { toIso } from '../../../kernel/clock.ts'
import { proveByChangeCode, sendChangeCode } from '../../../operations/change-code.ts'
import { isoTime } from '../../frame/action.ts'
import { setToken } from '../../frame/cookies.ts'
import { sentCode, typedCode, viewSentCode } from '../../parts/code-view.ts'
import { sessionAction } from './session-action.ts'

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
