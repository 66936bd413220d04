// What two admins do to an operator, done at once for a test that is about something else.
import { transact, type Act } from '../../../src/domain/act.ts'
import { fromNowhere } from '../../../src/domain/actor.ts'
import { joinHalves } from '../../../src/domain/operators/enrolment-code.ts'
import { changeRoles, closeOperator, issueCode } from '../../../src/domain/operators/manage.ts'
import { holdOperator } from '../../../src/domain/operators/store.ts'
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import type { RunningConsole } from '../../../src/node/console.ts'

const by = fromNowhere({ name: 'test', reason: 'test' })

function within<T>({ deps }: RunningConsole, work: (act: Act) => Promise<T>): Promise<T> {
  return transact(deps, by, work)
}

export function closeOf(desk: RunningConsole, id: string): Promise<void> {
  return within(desk, async (act) => closeOperator(act, id, 'command'))
}

export function changeRolesOf(
  desk: RunningConsole,
  id: string,
  roles: readonly OperatorRole[],
): Promise<void> {
  return within(desk, async (act) => changeRoles(act, id, roles))
}

/** A whole code to enrol anew. */
export function newCodeOf(desk: RunningConsole, id: string): Promise<string> {
  return within(desk, async (act) => {
    const { halves } = await issueCode(act, await holdOperator(act.tx, id), 'console')
    return joinHalves(halves)
  })
}
