// Operators at the console without their ceremonies, for tests of what they may do there.
import { randomBytes } from 'node:crypto'
import { insertOperator } from '../../../src/domain/operators/store.ts'
import { insertOperatorSession } from '../../../src/domain/operators/sessions.ts'
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import { hashToken, newId, newToken } from '../../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../../src/node/console.ts'
import { cookieName } from '../../../src/surfaces/frame/site.ts'
import { deskClient } from './desk.ts'
import type { HttpClient } from './http-client.ts'

export interface Seat {
  readonly client: HttpClient
  readonly id: string
  readonly name: string
}

/** An operator who is signed in at the console, in a browser of her own. */
export async function seat(
  desk: RunningConsole,
  roles: readonly OperatorRole[],
  { name = `op-${randomBytes(3).toString('hex')}`, accountId = null as string | null } = {},
): Promise<Seat> {
  const { db, now, site } = desk.deps
  const [id, passkeyId, token] = [newId(), newId(), newToken()]
  await db.transaction().execute(async (tx) => {
    await insertOperator(tx, {
      ...{ id, name, contact: null, userHandle: newToken(), roles, accountId },
      ...{ version: 1, createdAt: now(), closedAt: null },
    })
    await tx
      .insertInto('operator_passkeys')
      .values({
        ...{ id: passkeyId, operator_id: id, credential_id: newToken(), public_key: '' },
        ...{ algorithm: -7, counter: 0, transports: '[]', aaguid: '' },
        ...{
          backup_eligible: 0,
          backed_up: 0,
          created_at: now(),
          last_used_at: null,
          ended_at: null,
        },
      })
      .execute()
    await insertOperatorSession(tx, {
      ...{ id: newId(), tokenHash: hashToken(token), operatorId: id, passkeyId },
      ...{ browser: 'Firefox', system: 'Linux', now: now() },
    })
  })
  const client = deskClient(desk)
  client.setCookie(cookieName(site, 'session'), token)
  return { client, id, name }
}
