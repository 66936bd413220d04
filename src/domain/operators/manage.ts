// Making operators and changing what they may, within an act: at the console by two persons, or by a command.
import { randomBytes } from 'node:crypto'
import { Problem } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { fewestAdmins } from '../../limits/operators.ts'
import type { Act } from '../act.ts'
import { raiseAlert } from '../alerts/alerts.ts'
import { record } from '../audit/record.ts'
import type { Tx } from '../tables/tables.ts'
import type { OperatorRole } from '../vocabulary/desk.ts'
import type { Halves } from './enrolment-code.ts'
import { deleteUnusedCodes, issueEnrolmentCode } from './enrolment-codes.ts'
import { areRolesApart, type DeskOperator } from './operator.ts'
import { endOperatorPasskeys, selectPasskeyFacts } from './passkeys.ts'
import { deleteOperatorSessions } from './sessions.ts'
import {
  holdOpenOperators,
  holdOperator,
  insertOperator,
  selectOpenOperators,
  updateClosed,
  updateRoles,
} from './store.ts'
import { tellOperator } from './tell.ts'

type Source = 'console' | 'command'

interface NewOperator {
  readonly name: string
  readonly roles: readonly OperatorRole[]
  readonly contact: string | null
  readonly accountId: string | null
}

export interface Issued {
  readonly operatorId: string
  readonly halves: Halves
  readonly expiresAt: number
}

/**
 * Adds an operator, with a code to enrol. Throws 400 `roles_not_allowed`; 409 `operator_known` where the customer
 * account is another operator's: one person is not two.
 */
export async function addOperator(act: Act, input: NewOperator, from: Source): Promise<Issued> {
  requireRolesApart(input.roles)
  requireAccountFree(await selectOpenOperators(act.tx), input.accountId)
  const operator: DeskOperator = {
    ...{ ...input, id: newId(), userHandle: randomBytes(64).toString('base64url') },
    ...{ version: 1, createdAt: act.now, closedAt: null },
  }
  // Of two acts at once the second finds the account taken only now.
  if (!(await insertOperator(act.tx, operator))) throw new Problem('operator_known')
  const roles = rolesInWords(operator.roles)
  record(act, { event: 'sys_operator_added', detail: { operator: operator.id, roles, from } })
  if (from === 'command') await raiseByCommand(act, operator.id, 'added')
  return { operatorId: operator.id, ...(await issueEnrolmentCode(act, operator.id)) }
}

/** Whoever runs the machine may change operators alone: the desk sees it, whoever it was. */
export async function raiseByCommand(
  act: Act,
  concerned: string,
  did: 'added' | 'removed' | 'taken again',
): Promise<void> {
  await raiseAlert(act, { kind: 'operator-by-command', detail: { did, concerned } })
}

/** 400 `roles_not_allowed` for none, and for `admin` with what an admin may not do (rule 37). */
export function requireRolesApart(roles: readonly OperatorRole[]): void {
  if (roles.length === 0 || !areRolesApart(roles)) throw new Problem('roles_not_allowed')
}

/** 409 `operator_known` where one of those who are open has this customer account. */
export function requireAccountFree(open: readonly DeskOperator[], accountId: string | null): void {
  const isTaken = accountId !== null && open.some((one) => one.accountId === accountId)
  if (isTaken) throw new Problem('operator_known')
}

/** Gives a code to enrol anew; until it is used, the operator's passkeys go on working. */
export async function issueCode(act: Act, operator: DeskOperator, from: Source): Promise<Issued> {
  if (operator.closedAt !== null) throw new Problem('not_found')
  record(act, { event: 'sys_operator_code', detail: { operator: operator.id, from } })
  await tellOperator(act, operator, 'operator_code_issued')
  return { operatorId: operator.id, ...(await issueEnrolmentCode(act, operator.id)) }
}

/** Changes what an operator may, from the next call on. Throws as `requireRoles`. */
export async function changeRoles(
  act: Act,
  id: string,
  roles: readonly OperatorRole[],
): Promise<void> {
  const open = await holdOpenOperators(act.tx)
  const operator = requireRoles(open, await enrolledOf(act.tx, open), id, roles)
  await changeRolesOf(act, operator, roles)
  // It was made for what she was to do then.
  await deleteUnusedCodes(act.tx, id)
  await tellOperator(act, operator, 'operator_roles_changed')
}

/** Takes the roles away that are not among these; false when there was none to take. */
export async function narrowRoles(act: Act, id: string, kept: readonly string[]): Promise<boolean> {
  const operator = await holdOperator(act.tx, id)
  const roles = operator.roles.filter((role) => kept.includes(role))
  if (roles.length === operator.roles.length) return false
  await changeRolesOf(act, operator, roles)
  return true
}

async function changeRolesOf(
  act: Act,
  { id, roles: former }: DeskOperator,
  roles: readonly OperatorRole[],
): Promise<void> {
  await updateRoles(act.tx, id, roles)
  const detail = { operator: id, from: rolesInWords(former), to: rolesInWords(roles) }
  record(act, { event: 'authz_operator_roles_changed', detail })
}

/**
 * The operator among those who are open, some of them `enrolled`, who is to have these roles. Throws 404 `not_found`;
 * 400 `roles_not_allowed`; 409 `last_admins`.
 */
export function requireRoles(
  open: readonly DeskOperator[],
  enrolled: readonly DeskOperator[],
  id: string,
  roles: readonly OperatorRole[],
): DeskOperator {
  const operator = open.find((one) => one.id === id)
  if (!operator) throw new Problem('not_found')
  requireRolesApart(roles)
  if (!roles.includes('admin')) requireAdminsWithout(enrolled, operator)
  return operator
}

/**
 * Closes an operator at once, by an `admin` of the console, or by a command. Throws 403 `not_allowed`; 404
 * `not_found`; 409 `last_admins`.
 */
export async function closeOperator(
  act: Act,
  id: string,
  from: Source,
  admin?: DeskOperator,
): Promise<void> {
  const open = await holdOpenOperators(act.tx)
  // Of two admins who close each other at once, the second is none any more.
  if (admin && !open.some((one) => one.id === admin.id && one.roles.includes('admin'))) {
    throw new Problem('not_allowed')
  }
  const operator = open.find((one) => one.id === id)
  if (!operator) throw new Problem('not_found')
  requireAdminsWithout(await enrolledOf(act.tx, open), operator)
  await endAccess(act, operator, from)
}

/** Ends whatever an operator could use, for ever, whoever is left. */
export async function endAccess(act: Act, operator: DeskOperator, from: Source): Promise<void> {
  const { tx, now } = act
  const { id } = operator
  await updateClosed(tx, id, now)
  await endOperatorPasskeys(act, id)
  await deleteOperatorSessions(tx, id)
  await deleteUnusedCodes(tx, id)
  const detail = { operator: id, roles: rolesInWords(operator.roles), from }
  record(act, { event: 'sys_operator_removed', detail })
  if (from === 'command') await raiseByCommand(act, id, 'removed')
  await tellOperator(act, operator, 'operator_closed')
}

/** Those who have a passkey. */
async function enrolledOf(tx: Tx, open: readonly DeskOperator[]): Promise<readonly DeskOperator[]> {
  const enrolled = await selectPasskeyFacts(tx)
  return open.filter(({ id }) => enrolled.has(id))
}

/**
 * Rule 37: the last two admins stay, as one alone could make nobody. Who has no passkey can approve nothing, and so
 * does not count.
 */
function requireAdminsWithout(enrolled: readonly DeskOperator[], operator: DeskOperator): void {
  if (!operator.roles.includes('admin')) return
  const left = enrolled.filter(({ id, roles }) => id !== operator.id && roles.includes('admin'))
  if (left.length < fewestAdmins) throw new Problem('last_admins')
}

function rolesInWords(roles: readonly OperatorRole[]): string {
  return roles.toSorted().join(' ')
}
