import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere, type Operator } from '../domain/actor.ts'
import {
  findFault,
  type AnnouncementFault,
  type NewAnnouncement,
} from '../domain/announcements/announcement.ts'
import { deleteAnnouncement, insertAnnouncement } from '../domain/announcements/store.ts'
import { record } from '../domain/audit/record.ts'
import { newId } from '../kernel/secrets.ts'

/** Adds an announcement, or returns its fault; all nodes show it within seconds of its beginning. */
export async function setAnnouncement(
  deps: ActDeps,
  announcement: NewAnnouncement,
  operator: Operator,
): Promise<{ readonly id: string } | { readonly fault: AnnouncementFault }> {
  const fault = findFault(announcement, deps.now())
  if (fault) return { fault }
  const { kind, text, from, until } = announcement
  const id = newId()
  await transact(deps, fromNowhere(operator), async (act) => {
    await insertAnnouncement(act.tx, { ...announcement, id })
    const detail = { announcement: id, kind, ...text, from, until }
    record(act, { event: 'sys_announcement_set', detail })
  })
  return { id }
}

/** Removes an announcement; false when there is none with that id. Its text stays in the audit trail. */
export async function removeAnnouncement(
  deps: ActDeps,
  id: string,
  operator: Operator,
): Promise<boolean> {
  return transact(deps, fromNowhere(operator), async (act) => {
    if (!(await deleteAnnouncement(act.tx, id))) return false
    record(act, { event: 'sys_announcement_removed', detail: { announcement: id } })
    return true
  })
}
