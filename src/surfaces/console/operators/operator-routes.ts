import { z } from 'zod'
import { toIso } from '../../../kernel/clock.ts'
import { Problem } from '../../../kernel/http/problem.ts'
import { isId } from '../../../kernel/secrets.ts'
import { closeOperatorAtOnce, listOperators } from '../../../operations/operators/operators.ts'
import { isoTime } from '../../frame/action.ts'
import { operatorAction } from '../frame/session.ts'
import { memberView, viewMember } from './operator-view.ts'

export const showOperators = operatorAction(
  ['admin', 'auditor'],
  {
    summary: 'Lists all operators, those who are closed last',
    answer: z.object({
      operators: z.array(
        memberView.extend({
          /** The address that is told of what happens to the operator. */
          email: z.string().nullable(),
          /** Whether the operator is a customer too. */
          customer: z.boolean(),
          createdAt: isoTime,
          closedAt: isoTime.nullable(),
          lastSeenAt: isoTime.nullable(),
          signedIn: z.boolean(),
          passkeys: z.number(),
        }),
      ),
    }),
  },
  async ({ deps }) => ({
    operators: (await listOperators(deps)).map((operator) => ({
      ...viewMember(operator),
      email: operator.contact,
      customer: operator.accountId !== null,
      createdAt: toIso(operator.createdAt),
      closedAt: toIso(operator.closedAt),
      lastSeenAt: toIso(operator.lastSeenAt),
      signedIn: operator.isPresent,
      passkeys: operator.passkeys,
    })),
  }),
)

export const closeOperator = operatorAction(
  ['admin'],
  {
    summary: 'Ends the access of an operator at once, with passkeys, sessions and codes',
    problems: ['not_found', 'last_admins'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) => {
    const id = visit.req.param('id') ?? ''
    if (!isId(id)) throw new Problem('not_found')
    await closeOperatorAtOnce(deps, id, session.operator, caller)
  },
)
