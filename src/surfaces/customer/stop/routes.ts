import { z } from 'zod'
import { stopLevels } from '../../../domain/vocabulary/life.ts'
import { Problem, problemOf } from '../../../kernel/http/problem.ts'
import { liftStop } from '../../../operations/stop/lift.ts'
import { stopFromSession, stopFromSignIn } from '../../../operations/stop/stop.ts'
import { texts } from '../../../text/texts.ts'
import { action } from '../../frame/action.ts'
import { clearToken, knownCaller } from '../../frame/cookies.ts'
import { requireSignIn } from '../../frame/current-sign-in.ts'
import { sessionAction } from '../../frame/session-action.ts'
import type { Visit } from '../../frame/visit.ts'
import { typedPassword } from '../../parts/typed-password.ts'

export const stopSignIn = action(
  {
    summary: 'Stops sign-in to the account, whose password was right, until support reopens it',
    problems: ['no_sign_in', 'too_many_stops'],
    answer: null,
  },
  async ({ deps, visit }) => {
    const signIn = await requireSignIn(deps, visit)
    await stopFromSignIn(deps, signIn, knownCaller(visit)).catch((error: unknown) => {
      throw sayTelephone(visit, problemOf(error))
    })
    clearToken(visit, 'sign-in')
  },
)

/** Who may not stop here any more is told whom to call. */
function sayTelephone(visit: Visit, problem: Problem): Problem {
  const { phone } = visit.get('deps').site.support
  if (problem.code !== 'too_many_stops' || phone === null) return problem
  const detail = texts[visit.get('language')].stop.tooMany(phone)
  return new Problem(problem.code, { extras: { ...problem.extras, detail } })
}

/** The browser keeps the token of its session, so that its pages may say how that ended. */
export const stop = sessionAction(
  {
    summary: 'Stops withdrawals, trades too, or everything with the sign-in',
    // It closes, and opens nothing.
    worksBreached: true,
    bodyMayMiss: true,
    body: z.object({ level: z.enum(stopLevels).default('sign-in') }),
    answer: null,
  },
  async ({ deps, caller, session, body }) => stopFromSession(deps, session, body.level, caller),
)

export const lift = sessionAction(
  {
    summary: 'Lifts the stop of withdrawals or trades',
    problems: ['proof_needed', 'stop_waits', 'password_wrong', 'start_again', 'too_many_attempts'],
    bodyMayMiss: true,
    body: z.object({ password: typedPassword.optional() }),
    answer: null,
  },
  async ({ deps, caller, session, body }) => liftStop(deps, session, body.password, caller),
)
