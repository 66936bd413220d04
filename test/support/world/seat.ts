// An operator who is signed in, without the ceremonies: for tests of what operators do.
import { randomBytes } from 'node:crypto'
import type { RunningConsole } from '../../../src/node/console.ts'
import type { DeskOperator } from '../../../src/domain/operators/operator.ts'
import { insertOperatorPasskey } from '../../../src/domain/operators/passkeys.ts'
import { insertOperatorSession } from '../../../src/domain/operators/sessions.ts'
import { insertOperator } from '../../../src/domain/operators/store.ts'
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import { hashToken, newId, newToken } from '../../../src/kernel/secrets.ts'
import { cookieName } from '../../../src/surfaces/frame/site.ts'
import { deskClient } from './desk.ts'

/** A new operator, at a browser that is signed in. */
export async function seatOperator({
  desk,
  name = 'suzuki',
  roles,
}: {
  desk: RunningConsole
  name?: string
  roles: OperatorRole[]
}) {
  const { db, now, site } = desk.deps
  const id = newId()
  const userHandle = randomBytes(64).toString('base64url')
  const operator: DeskOperator = {
    ...{ id, name, roles, userHandle },
    ...{ contact: null, accountId: null, version: 1, createdAt: now(), closedAt: null },
  }
  const passkeyId = newId()
  const token = newToken()
  await db.transaction().execute(async (tx) => {
    await insertOperator(tx, operator)
    await insertOperatorPasskey(tx, {
      ...{ id: passkeyId, operatorId: id, credentialId: newId(), publicKey: '', algorithm: -7 },
      ...{ counter: 0, transports: [], aaguid: '', backupEligible: false, backedUp: false },
      ...{ createdAt: now(), lastUsedAt: null, endedAt: null },
    })
    const session = { id: newId(), tokenHash: hashToken(token), operatorId: id, passkeyId }
    await insertOperatorSession(tx, { ...session, browser: null, system: null, now: now() })
  })
  const client = deskClient(desk)
  client.setCookie(cookieName(site, 'session'), token)
  return { client, operator }
}
