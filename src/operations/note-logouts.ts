import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere } from '../domain/actor.ts'
import { findClient } from '../domain/clients/store.ts'
import { insertNotices } from '../domain/openid/logout-notices.ts'
import { signedInClient, takeSessionRecords } from '../domain/openid/records.ts'
import { claimEnded, type EndedSession } from '../domain/sessions/ended.ts'

/** Turns an ended session into one notice for each client that was signed in under it, on one node. */
export async function noteLogouts(
  deps: ActDeps,
  { sessionId, accountId }: EndedSession,
): Promise<void> {
  await transact(deps, fromNowhere('system'), async (act) => {
    const { tx, now } = act
    if (!(await claimEnded(tx, sessionId, now))) return
    for (const payload of await takeSessionRecords(tx, sessionId, signedInClient)) {
      const { clientId, sid } = JSON.parse(payload) as { clientId: string; sid: string }
      // It may have been removed meanwhile.
      if (!(await findClient(tx, clientId))) continue
      await insertNotices(act, [{ client_id: clientId, account_id: accountId, sid }])
    }
  })
}
