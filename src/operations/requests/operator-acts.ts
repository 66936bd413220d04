// The acts about operators, which one admin asks for and another approves (rules 37 and 38).
import { z } from 'zod'
import { isDeskAddress } from '../../domain/accounts/email.ts'
import { isLoginId, normaliseLoginId } from '../../domain/accounts/login-id.ts'
import {
  addOperator as add,
  changeRoles as change,
  issueCode,
  requireAccountFree,
  requireRoles,
  requireRolesApart,
  type Issued,
} from '../../domain/operators/manage.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import type { ActKind, Pair, Performed } from '../../domain/requests/act-kind.ts'
import { lapseRequestsOf } from '../../domain/requests/close.ts'
import { readingsOf, type Readings } from '../../domain/requests/readings.ts'
import { isOwnChange } from '../../domain/requests/two-persons.ts'
import { operatorRoles } from '../../domain/vocabulary/desk.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'
import { readShownName } from '../../kernel/shown-name.ts'
import { longestLoginId } from '../../limits/accounts.ts'
import { longestOperatorName } from '../../limits/operators.ts'

const roles = z
  .array(z.enum(operatorRoles))
  .max(operatorRoles.length)
  .transform((list) => operatorRoles.filter((role) => list.includes(role)))

const newOperator = z.object({
  name: z
    .string()
    .max(longestOperatorName)
    .refine((name) => readShownName(name) !== null)
    .transform((name) => readShownName(name) ?? ''),
  roles,
  /** Null where she is no customer. */
  loginId: z.string().max(longestLoginId).nullable(),
  /** Where she is told of what happens to her as an operator. */
  email: z
    .string()
    .refine(isDeskAddress)
    .nullish()
    .transform((email) => email ?? null),
})

/** Makes an operator; each of the two gets one half of the code. */
export const addOperator: ActKind<z.output<typeof newOperator>> = {
  values: newOperator,
  async states(from, _, { name, roles: list, loginId, email }) {
    requireRolesApart(list)
    const accountId = await accountOf(from, loginId)
    requireAccountFree(await openIn(from), accountId)
    return { before: { accountId }, after: { name, roles: list, loginId, email } }
  },
  async perform(act, _, { name, roles: list, loginId, email: contact }) {
    const accountId = await accountOf(readingsOf(act.tx), loginId)
    return halved(await add(act, { name, roles: list, contact, accountId }, 'console'))
  },
}

const newRoles = z.object({ operatorId: z.string().refine(isId), roles })

/** Changes what an operator may, from her next call on. */
export const changeRoles: ActKind<z.output<typeof newRoles>> = {
  values: newRoles,
  async states(from, _, { operatorId, roles: list }) {
    const open = await openIn(from)
    const passkeys = await Promise.all(open.map(({ id }) => from.operatorPasskeys(id)))
    const enrolled = open.filter((_, index) => passkeys[index] !== undefined)
    const operator = requireRoles(open, enrolled, operatorId, list)
    const { name } = operator
    if (new Set(operator.roles).symmetricDifference(new Set(list)).size === 0) {
      throw new Problem('nothing_to_do')
    }
    return { before: { name, roles: operator.roles }, after: { name, roles: list } }
  },
  async perform(act, _, { operatorId, roles: list }, pair) {
    refuseOwn(pair, operatorId)
    const { roles: former } = await requireOpen(readingsOf(act.tx), operatorId)
    await change(act, operatorId, list)
    // Who has only gained a role may still do whatever she has asked for.
    const isTaken = former.some((role) => !list.includes(role))
    if (isTaken) await lapseRequestsOf(act, operatorId)
    return {}
  },
}

const anOperator = z.object({ operatorId: z.string().refine(isId) })

/** Issues a code for who has lost her passkeys; using it ends the ones that she has. */
export const enrolmentCode: ActKind<z.output<typeof anOperator>> = {
  values: anOperator,
  async states(from, _, { operatorId }) {
    const { name, roles: list } = await requireOpen(from, operatorId)
    const passkeys = ((await from.operatorPasskeys(operatorId)) ?? []).map(({ id }) => id)
    return { before: { name, roles: list, passkeys }, after: { name, roles: list, passkeys: [] } }
  },
  async perform(act, _, { operatorId }, pair) {
    refuseOwn(pair, operatorId)
    return halved(
      await issueCode(act, await requireOpen(readingsOf(act.tx), operatorId), 'console'),
    )
  },
}

async function openIn(from: Readings): Promise<readonly DeskOperator[]> {
  return (await from.operators()).filter(({ closedAt }) => closedAt === null)
}

async function requireOpen(from: Readings, id: string): Promise<DeskOperator> {
  const operator = (await openIn(from)).find((one) => one.id === id)
  if (!operator) throw new Problem('not_found')
  return operator
}

/** The account of a login ID; 404 `not_found` where there is none. */
async function accountOf(from: Readings, loginId: string | null): Promise<string | null> {
  if (loginId === null) return null
  const normalised = normaliseLoginId(loginId)
  // An invalid login ID may contain characters that the database refuses in a query.
  const id = isLoginId(normalised) ? await from.accountOf(normalised) : undefined
  if (id === undefined) throw new Problem('not_found')
  return id
}

/** Nobody changes her own roles, or is one of the two who bring her a new code. */
function refuseOwn({ asker, approver }: Pair, operatorId: string): void {
  if ([asker, approver].some((one) => isOwnChange({ operatorId }, one))) {
    throw new Problem('not_allowed')
  }
}

function halved({ operatorId, halves: [approver, asker] }: Issued): Performed {
  return { operatorId, halves: { approver, asker } }
}
