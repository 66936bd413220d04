// Rule 38: nobody alone, no pair twice, no puppet. Each sentence of the rule is a function here; what has been done
// before is read by others, so that the same functions judge an approval and say beforehand who could approve.
import type { DeskOperator } from '../operators/operator.ts'
import type { OperatorRole, RequestAct } from '../vocabulary/desk.ts'
import type { Done } from './done.ts'
import type { DeskRequest } from './request.ts'

/** What two operators have done within the time that a pair is remembered. */
export interface Remembered {
  /** What made, re-enrolled or gave a role to an operator, in the console. */
  readonly makings: readonly Done[]
  /** What was opened for the account. */
  readonly openings: readonly Done[]
  /** Who closed a case of the account, or took it from another. */
  readonly turns: readonly { readonly accountId: string; readonly operatorId: string }[]
  /** Who investigates the open case of an account; null where nobody does yet. */
  readonly cases: ReadonlyMap<string, string | null>
}

type Asked = Pick<DeskRequest, 'kind' | 'askerId' | 'accountId' | 'operatorId' | 'names'>

/** Why somebody may not approve, in a fixed word. */
export type Obstacle =
  | 'own_request'
  | 'role'
  | 'own_account'
  | 'own_change'
  | 'made_each_other'
  | 'made_lately'
  | 'same_pair'
  | 'turned_case'
  | 'case'

/** The roles that ask for acts of a kind, and those that approve and refuse them. */
export const askerRole = { account: 'agent', operator: 'admin' } as const
export const approverRole = { account: 'approver', operator: 'admin' } as const

/** The first reason why an operator may not approve a request, or null. */
export function whyNotApprove(
  request: Asked,
  approver: DeskOperator,
  { makings, openings, turns, cases }: Remembered,
): Obstacle | null {
  if (isOwnRequest(request, approver)) return 'own_request'
  if (!hasRole(approver, approverRole[request.kind])) return 'role'
  if (isOwnAccount(request, approver)) return 'own_account'
  if (isOwnChange(request, approver)) return 'own_change'
  if (madeEachOther(request.askerId, approver.id, makings)) return 'made_each_other'
  if (isMadeLately(approver, makings)) return 'made_lately'
  if (isPairAgain(request, approver, openings)) return 'same_pair'
  if (hasTurnedCase(request, approver, turns)) return 'turned_case'
  return isLeftToAnother(request, approver, cases) ? 'case' : null
}

/** Whether the right to ask for such a request stands. */
export function hasRightToAsk(
  request: Pick<Asked, 'kind' | 'accountId'>,
  asker: DeskOperator,
): boolean {
  return hasRole(asker, askerRole[request.kind]) && !isOwnAccount(request, asker)
}

/** Whether the right to approve such a request stands, or to refuse it, whatever was done before. */
export function hasRightToDecide(
  request: Pick<Asked, 'kind' | 'accountId'>,
  approver: DeskOperator,
): boolean {
  return hasRole(approver, approverRole[request.kind]) && !isOwnAccount(request, approver)
}

/** Whether an operator works here and has a role. */
export function hasRole({ closedAt, roles }: DeskOperator, role: OperatorRole): boolean {
  return closedAt === null && roles.includes(role)
}

/** "Not the asker." */
export function isOwnRequest({ askerId }: Pick<Asked, 'askerId'>, { id }: DeskOperator): boolean {
  return askerId === id
}

/** "Not for the own customer account." */
export function isOwnAccount(
  request: Pick<Asked, 'accountId'>,
  { accountId }: DeskOperator,
): boolean {
  return accountId !== null && request.accountId === accountId
}

/** Nobody asks for or approves what is done to herself. */
export function isOwnChange(
  { operatorId }: Pick<Asked, 'operatorId'>,
  { id }: DeskOperator,
): boolean {
  return operatorId === id
}

/** "Not who made, re-enrolled or gave a role to the other": asker and approver both count as makers. */
function madeEachOther(one: string, other: string, makings: readonly Done[]): boolean {
  const made = (who: string, maker: string) =>
    makings.some((making) => making.operatorId === who && isOfPair(making, maker))
  return made(one, other) || made(other, one)
}

/** "Not who was made, re-enrolled or given a role." */
function isMadeLately({ id }: DeskOperator, makings: readonly Done[]): boolean {
  return makings.some(({ operatorId }) => operatorId === id)
}

/** "Not the two who opened something for this account", whichever of them asked. */
function isPairAgain(
  { kind, askerId, accountId }: Asked,
  { id }: DeskOperator,
  openings: readonly Done[],
): boolean {
  if (kind !== 'account' || accountId === null) return false
  return openings.some(
    (opening) =>
      opening.accountId === accountId && isOfPair(opening, askerId) && isOfPair(opening, id),
  )
}

/** Nobody ends a suspicion, or takes it out of another's hands, to open the account then. */
function hasTurnedCase(
  { kind, accountId }: Asked,
  { id }: DeskOperator,
  turns: Remembered['turns'],
): boolean {
  if (kind !== 'account') return false
  return turns.some((turn) => turn.accountId === accountId && turn.operatorId === id)
}

/** An open case leaves what opens the account to who investigates it. */
function isLeftToAnother(
  { kind, accountId }: Asked,
  { id }: DeskOperator,
  cases: Remembered['cases'],
): boolean {
  if (kind !== 'account' || accountId === null || !cases.has(accountId)) return false
  return cases.get(accountId) !== id
}

function isOfPair({ askerId, approverId }: Done, id: string): boolean {
  return askerId === id || approverId === id
}

const exclusive: readonly RequestAct[] = ['activation-code', 'change-email']

/** "`activation-code` and `change-email` exclude each other", in one request too. */
export function excludeEachOther(
  { names, accountId }: Pick<Asked, 'names' | 'accountId'>,
  openings: readonly Done[],
): boolean {
  const before = openings.filter((opening) => opening.accountId === accountId)
  const all = [...names, ...before.flatMap((opening) => opening.names)]
  return names.some((act) => exclusive.includes(act)) && exclusive.every((act) => all.includes(act))
}
