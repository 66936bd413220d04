import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { selectSomeClients } from '../../domain/clients/store.ts'
import { insertNotices } from '../../domain/openid/logout-notices.ts'
import { signedInClient, takeSessionRecords } from '../../domain/openid/records.ts'
import { claimEnded, type EndedSession } from '../../domain/sessions/ended.ts'

/** Turns an ended session into one notice for each client that was signed in under it, on one node. */
export async function noteLogouts(
  deps: ActDeps,
  { sessionId, accountId }: EndedSession,
): Promise<void> {
  await transact(deps, fromNowhere('system'), async (act) => {
    const { tx, now } = act
    if (!(await claimEnded(tx, sessionId, now))) return
    const payloads = await takeSessionRecords(tx, sessionId, signedInClient)
    const all = payloads.map((payload) => JSON.parse(payload) as { clientId: string; sid: string })
    // A client may have been removed meanwhile.
    const clients = await selectSomeClients(
      tx,
      all.map(({ clientId }) => clientId),
    )
    const left = new Set(clients.map(({ id }) => id))
    const about = { account_id: accountId }
    await insertNotices(
      act,
      all
        .filter(({ clientId }) => left.has(clientId))
        .map(({ clientId, sid }) => ({ ...about, client_id: clientId, sid })),
    )
  })
}
