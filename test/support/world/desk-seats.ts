// Operators who sit at the console already, for suites about something else than how they got there.
import { insertOperatorSession } from '../../../src/domain/operators/sessions.ts'
import { insertOperator } from '../../../src/domain/operators/store.ts'
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import { hashToken, newId, newToken } from '../../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../../src/node/console.ts'
import { cookieName } from '../../../src/surfaces/frame/site.ts'
import { deskClient } from './desk.ts'
import type { HttpClient } from './http-client.ts'

/** A signed-in operator. */
export interface Seated {
  readonly id: string
  readonly name: string
  readonly client: HttpClient
}

/** Makes an operator with a session of its own, at the time of the desk's clock. */
export async function seatOperator(
  desk: RunningConsole,
  roles: readonly OperatorRole[] = ['agent'],
  accountId: string | null = null,
): Promise<Seated> {
  const { db, now, site } = desk.deps
  const [id, passkeyId, token] = [newId(), newId(), newToken()]
  const name = `Operator ${id.slice(0, 4)}`
  await db.transaction().execute(async (tx) => {
    const named = { name, contact: `${id}@example.jp` }
    const state = { version: 1, createdAt: now(), closedAt: null }
    await insertOperator(tx, { id, ...named, userHandle: newToken(), roles, accountId, ...state })
    await tx
      .insertInto('operator_passkeys')
      .values({
        ...{ id: passkeyId, operator_id: id, credential_id: newToken(), public_key: '' },
        ...{ algorithm: -7, counter: 0, transports: '[]', aaguid: '', created_at: now() },
        ...{ backup_eligible: 0, backed_up: 0, last_used_at: null, ended_at: null },
      })
      .execute()
    await insertOperatorSession(tx, {
      ...{ id: newId(), tokenHash: hashToken(token), operatorId: id, passkeyId },
      ...{ browser: null, system: null, now: now() },
    })
  })
  const client = deskClient(desk)
  client.setCookie(cookieName(site, 'session'), token)
  return { id, name, client }
}
