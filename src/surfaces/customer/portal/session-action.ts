import type { z } from 'zod'
import type { Session } from '../../../domain/sessions/session.ts'
import {
  action,
  type Action,
  type ActionWords,
  type ActionRequest,
  type ValueOf,
} from '../../frame/action.ts'
import { withSession } from '../../frame/current-session.ts'

/** An action of a browser that is signed in; 401 `not_signed_in` without a session. */
export function sessionAction<A extends z.ZodType | null, Body = undefined>(
  words: ActionWords<A, Body>,
  handle: (request: ActionRequest<Body> & { readonly session: Session }) => Promise<ValueOf<A>>,
): Action<A> {
  const problems = ['not_signed_in', ...(words.problems ?? [])] as const
  return action({ ...words, problems }, async (request) =>
    withSession(request.deps, request.visit, (session, deps) =>
      handle({ ...request, deps, session }),
    ),
  )
}
