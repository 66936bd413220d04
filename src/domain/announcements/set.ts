import { newId } from '../../kernel/secrets.ts'
import { actorOf, commandCaller, type Operator } from '../audit/operator.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { findFault, type AnnouncementFault, type NewAnnouncement } from './announcement.ts'
import { insertAnnouncement } from './store.ts'

/** Tells everybody something from now on, or from a later time; all nodes show it within seconds. */
export async function setAnnouncement(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  announcement: NewAnnouncement,
  operator: Operator,
): Promise<{ readonly id: string } | { readonly fault: AnnouncementFault }> {
  const fault = findFault(announcement, now())
  if (fault) return { fault }
  const { kind, text, from, until } = announcement
  const id = newId()
  await db.transaction().execute(async (tx) => {
    await insertAnnouncement(tx, { ...announcement, id })
    await recordEvent(tx, { now }, commandCaller, {
      event: 'sys_announcement_set',
      actor: actorOf(operator),
      detail: { announcement: id, kind, ...text, from, until, reason: operator.reason },
    })
  })
  return { id }
}
