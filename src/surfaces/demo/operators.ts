// The support desk of the demo: one of each who is needed for an account, and one who manages the others.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { ActDeps } from '../../domain/act.ts'
import { joinHalves } from '../../domain/operators/enrolment-code.ts'
import type { OperatorRole } from '../../domain/vocabulary/desk.ts'
import { enrolmentLifetime } from '../../limits/operators.ts'
import {
  addOperatorByCommand,
  closeOperatorByCommand,
  listOperators,
} from '../../operations/operators/operators.ts'

interface Kept {
  readonly id: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
  readonly code: string
  readonly madeAt: number
}

export interface DemoOperator {
  readonly name: string
  readonly roles: readonly OperatorRole[]
  /** Null once somebody has enrolled with it. */
  readonly code: string | null
}

/**
 * An agent and an approver help a customer together, which is what there is to try. One admin sees the operators and
 * deletes them; what two admins do together (rule 37) asks for a second one, whom the demo says how to add.
 */
const people: readonly (readonly [name: string, role: OperatorRole])[] = [
  ['佐々木 葵', 'agent'],
  ['高橋 健', 'approver'],
  ['中村 涼', 'admin'],
]

/**
 * The demo's operators with their codes, which are kept beside the database. One whose code has run out before it
 * was used is made anew.
 */
export async function prepareDemoOperators(
  deps: ActDeps,
  file: string,
): Promise<readonly DemoOperator[]> {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept[]) : []
  const known = new Map((await listOperators(deps)).map((one) => [one.id, one]))
  const operators: (Kept & { readonly isEnrolled: boolean })[] = []
  for (const [name, role] of people) {
    const before = kept.find((one) => one.name === name)
    const found = before && known.get(before.id)
    const isEnrolled = found !== undefined && found.passkeys > 0
    const isGood = before && found?.closedAt === null && before.madeAt > deps.now() - codeIsGood
    if (before && (isEnrolled || isGood)) {
      operators.push({ ...before, isEnrolled })
      continue
    }
    // The only admin cannot be closed, and without a code she opens nothing.
    if (before && found?.closedAt === null && role !== 'admin') {
      await closeOperatorByCommand(deps, before.id, byDemo)
    }
    operators.push({ ...(await addOne(deps, name, role)), isEnrolled: false })
  }
  const stored = operators.map(({ isEnrolled: _, ...one }) => one)
  writeFileSync(file, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 })
  return operators.map(({ name, roles, code, isEnrolled }) => {
    return { name, roles, code: isEnrolled ? null : code }
  })
}

/** One that may run out while somebody still tries things helps nobody. */
const codeIsGood = enrolmentLifetime / 2

const byDemo = { name: 'demo', reason: 'the code had run out' }

async function addOne(deps: ActDeps, name: string, role: OperatorRole): Promise<Kept> {
  const roles = [role]
  const input = { name, roles, email: null, loginId: null }
  const added = await addOperatorByCommand(deps, input, { name: 'demo' })
  if (typeof added === 'string') throw new Error(`${name}: ${added}`)
  const { operatorId: id, halves } = added
  return { id, name, roles, code: joinHalves(halves), madeAt: deps.now() }
}
