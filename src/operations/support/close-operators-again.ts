import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import type { OperatorClosing } from '../../domain/closings.ts'
import { endAccess, narrowRoles, raiseByCommand } from '../../domain/operators/manage.ts'
import { endOperatorPasskeys } from '../../domain/operators/passkeys.ts'
import { holdOperator, selectOperator } from '../../domain/operators/store.ts'
import { lapseRequestsOf } from '../../domain/requests/close.ts'

/**
 * Takes again in a database that was put back what was taken from the console's operators since: who was closed is
 * closed, passkeys of before a later enrolment have ended, and roles that were taken away are gone; none is given.
 * Returns of how many operators something was taken.
 */
export async function closeOperatorsAgain(
  deps: ActDeps,
  closings: readonly OperatorClosing[],
  by: Operator,
): Promise<number> {
  const ids = [...new Set(closings.map(({ operator }) => operator))]
  let count = 0
  for (const id of ids) {
    const own = closings.filter(({ operator }) => operator === id)
    if (await takeAgain(deps, id, own, by)) count += 1
  }
  return count
}

async function takeAgain(
  deps: ActDeps,
  id: string,
  closings: readonly OperatorClosing[],
  by: Operator,
): Promise<boolean> {
  const known = await selectOperator(deps.db, id)
  if (!known || known.closedAt !== null) return false
  return transact(deps, fromNowhere(by), async (act) => {
    const operator = await holdOperator(act.tx, id)
    if (closings.some(({ what }) => what === 'operator closed')) {
      await endAccess(act, operator, 'command')
      await lapseRequestsOf(act, id)
      return true
    }
    let hasTaken = false
    for (const closing of closings) {
      if (closing.what === 'operator enrolled') {
        const before = closing.at
        hasTaken = (await endOperatorPasskeys(act, id, { before })) > 0 || hasTaken
      }
      if (closing.what === 'operator roles') {
        hasTaken = (await narrowRoles(act, id, closing.roles)) || hasTaken
      }
    }
    if (!hasTaken) return false
    await lapseRequestsOf(act, id)
    await raiseByCommand(act, id, 'taken again')
    return true
  })
}
