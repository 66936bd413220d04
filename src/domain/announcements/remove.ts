import { actorOf, commandCaller, type Operator } from '../audit/operator.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { deleteAnnouncement } from './store.ts'

/** Takes an announcement away; false when there is none of that id. Its words stay in the audit trail. */
export async function removeAnnouncement(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  id: string,
  operator: Operator,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await deleteAnnouncement(tx, id))) return false
    await recordEvent(tx, { now }, commandCaller, {
      event: 'sys_announcement_removed',
      actor: actorOf(operator),
      detail: { announcement: id, reason: operator.reason },
    })
    return true
  })
}
