import type { z } from 'zod'
import type { Session } from '../../domain/sessions/session.ts'
import { Problem } from '../../kernel/http/problem.ts'
import {
  action,
  type Action,
  type ActionWords,
  type ActionRequest,
  type ValueOf,
} from './action.ts'
import { withSession } from './current-session.ts'

interface SessionWords<A, Body> extends ActionWords<A, Body> {
  /** Whether it works before a breached password has been changed (rule 42): what is forgotten does not. */
  readonly worksBreached?: true
}

/**
 * An action of a browser that is signed in; 401 `not_signed_in` without a session, 403
 * `password_change_needed` while its password is a breached one.
 */
export function sessionAction<A extends z.ZodType | null, Body = undefined>(
  { worksBreached, ...words }: SessionWords<A, Body>,
  handle: (request: ActionRequest<Body> & { readonly session: Session }) => Promise<ValueOf<A>>,
): Action<A> {
  const change = worksBreached ? [] : (['password_change_needed'] as const)
  const problems = ['not_signed_in', ...change, ...(words.problems ?? [])] as const
  return action({ ...words, problems }, async (request) =>
    withSession(request.deps, request.visit, async (session, deps) => {
      if (session.passwordBreached && !worksBreached) throw new Problem('password_change_needed')
      return handle({ ...request, deps, session })
    }),
  )
}
