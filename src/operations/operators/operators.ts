import { isEmailAddress } from '../../domain/accounts/email.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asOperator, fromNowhere, type Operator } from '../../domain/actor.ts'
import { readActor } from '../../domain/audit/actor-shown.ts'
import { countEventsByCommand, selectEventsByCommand } from '../../domain/audit/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectInvited } from '../../domain/operators/enrolment-codes.ts'
import { addOperator, closeOperator, type Issued } from '../../domain/operators/manage.ts'
import { operatorNames } from '../../domain/operators/names.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { selectPasskeyFacts } from '../../domain/operators/passkeys.ts'
import { selectLastSeen, selectPresent } from '../../domain/operators/sessions.ts'
import { holdOpenOperators, selectOperators } from '../../domain/operators/store.ts'
import { lapseRequestsOf } from '../../domain/requests/close.ts'
import { holdEntry } from '../../domain/tables/installation.ts'
import type { OperatorRole } from '../../domain/vocabulary/desk.ts'
import type { Caller } from '../../kernel/caller.ts'
import { readShownName } from '../../kernel/shown-name.ts'
import {
  commandShownFor,
  fewestAdmins,
  longestOperatorName,
  mostCommandUses,
} from '../../limits/operators.ts'

/** An operator as an admin wants her: with the login ID of her own account as a customer, or null. */
interface OperatorInput {
  readonly name: string
  readonly roles: readonly OperatorRole[]
  readonly email: string | null
  readonly loginId: string | null
}

type OperatorFault = 'name_not_allowed' | 'email_not_allowed' | 'no_such_account' | 'restricted'

/**
 * Adds an operator by whoever runs the machine, alone, which stands at the console for a day. Returns the fault
 * of the input, or the code. Throws 400 `roles_not_allowed`; 409 `operator_known`.
 */
export async function addOperatorByCommand(
  deps: ActDeps,
  input: OperatorInput,
  by: Operator,
): Promise<OperatorFault | Issued> {
  const name = readShownName(input.name)
  if (name === null || name.length > longestOperatorName) return 'name_not_allowed'
  if (input.email !== null && !isEmailAddress(input.email)) return 'email_not_allowed'
  const account = input.loginId === null ? null : await findAccount(deps, input.loginId)
  if (account === undefined) return 'no_such_account'
  const { roles, email: contact } = input
  return transact(deps, fromNowhere(by), async (act) => {
    if (act.config.commands === 'restricted' && !(await mayBeFirst(act, roles))) return 'restricted'
    return addOperator(act, { name, roles, contact, accountId: account?.id ?? null }, 'command')
  })
}

/**
 * Restricted commands make the first two admins, who make everybody else at the console, and nobody more. One who let
 * her code run out is none of the two.
 */
async function mayBeFirst({ tx, now }: Act, roles: readonly OperatorRole[]): Promise<boolean> {
  // Before the first there is no operator to hold: of commands at once each waits for the one before.
  await holdEntry(tx, 'secret')
  const open = await holdOpenOperators(tx)
  const [enrolled, invited] = [await selectPasskeyFacts(tx), await selectInvited(tx, now)]
  const admins = open.filter(
    ({ id, roles: has }) => has.includes('admin') && (enrolled.has(id) || invited.has(id)),
  )
  return admins.length < fewestAdmins && roles.includes('admin')
}

/** Closes an operator, by whoever runs the machine. Throws as `closeOperator`. */
export async function closeOperatorByCommand(
  deps: ActDeps,
  id: string,
  by: Required<Operator>,
): Promise<void> {
  await transact(deps, fromNowhere(by), async (act) => {
    await closeOperator(act, id, 'command')
    await lapseRequestsOf(act, id)
  })
}

/** Closes an operator at once, by one admin. Throws 404 `not_found`; 409 `last_admins`. */
export async function closeOperatorAtOnce(
  deps: ActDeps,
  id: string,
  admin: DeskOperator,
  caller: Caller,
): Promise<void> {
  await transact(deps, asOperator(caller, admin), async (act) => {
    await closeOperator(act, id, 'console', admin)
    await lapseRequestsOf(act, id)
  })
}

interface ListedOperator extends DeskOperator {
  readonly passkeys: number
  readonly lastSeenAt: number | null
  /** Whether a session of hers is live now. */
  readonly isPresent: boolean
}

/** All operators, with what an admin wants to know of them. */
export async function listOperators({
  db,
  now,
}: Pick<Deps, 'db' | 'now'>): Promise<readonly ListedOperator[]> {
  const [operators, facts, seen, present] = await Promise.all([
    selectOperators(db),
    selectPasskeyFacts(db),
    selectLastSeen(db),
    selectPresent(db, now()),
  ])
  return operators.map((operator) => {
    const { id } = operator
    const moments = [facts.get(id)?.lastUsedAt ?? 0, seen.get(id) ?? 0]
    return {
      ...operator,
      passkeys: facts.get(id)?.count ?? 0,
      lastSeenAt: Math.max(...moments) || null,
      isPresent: present.has(id),
    }
  })
}

/** What the command line has done to operators, and who did it. */
interface CommandUse {
  readonly at: number
  readonly did: 'added' | 'removed'
  readonly operatorId: string
  readonly name: string
  readonly roles: string
  /** The system user. */
  readonly by: string
}

const shown = { sys_operator_added: 'added', sys_operator_removed: 'removed' } as const

export interface CommandUses {
  /** The latest of them. */
  readonly latest: readonly CommandUse[]
  /** How many there were before those. */
  readonly more: number
}

/** The uses of the command line within a day: the console shows them to everybody (rule 37). */
export async function listCommandUses({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<CommandUses> {
  const wanted = { names: Object.keys(shown), after: now() - commandShownFor }
  const rows = await selectEventsByCommand(db, wanted, mostCommandUses)
  if (rows.length === 0) return { latest: [], more: 0 }
  const all = rows.length < mostCommandUses ? rows.length : await countEventsByCommand(db, wanted)
  const names = await operatorNames(db)
  const latest = rows.map(({ at, event, actor, detail }) => {
    const { operator, roles } = JSON.parse(detail) as Record<string, string>
    const operatorId = String(operator)
    return {
      ...{ at, did: shown[event as keyof typeof shown], operatorId, roles: String(roles) },
      ...{ by: readActor(actor).name ?? actor, name: names.get(operatorId) ?? '' },
    }
  })
  return { latest, more: all - rows.length }
}
