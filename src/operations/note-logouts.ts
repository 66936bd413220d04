import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere } from '../domain/actor.ts'
import { findClient } from '../domain/clients/store.ts'
import { insertNotice } from '../domain/openid/logout-notices.ts'
import { signedInClient, takeSessionRecords } from '../domain/openid/records.ts'
import { claimEnded, type EndedSession } from '../domain/sessions/ended.ts'
import { newId } from '../kernel/secrets.ts'

/** Turns an ended session into one notice for each client that was signed in under it, on one node. */
export async function noteLogouts(
  deps: ActDeps,
  { sessionId, accountId }: EndedSession,
): Promise<void> {
  await transact(deps, fromNowhere('system'), async ({ tx, now }) => {
    if (!(await claimEnded(tx, sessionId, now))) return
    for (const payload of await takeSessionRecords(tx, sessionId, signedInClient)) {
      const { clientId, sid } = JSON.parse(payload) as { clientId: string; sid: string }
      // It may have been removed meanwhile.
      if (!(await findClient(tx, clientId))) continue
      await insertNotice(tx, {
        id: newId(),
        client_id: clientId,
        account_id: accountId,
        sid,
        next_try_at: now,
        tries: 0,
        created_at: now,
      })
    }
  })
}
