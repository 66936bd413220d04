// What stands in the database, for what no call of the API shows.
import type { TestAccount, World } from '../world/world.ts'

/**
 * All that a refused answer must leave alone: it spends its ceremony, is written into the trail, and
 * shows that somebody is there.
 */
export async function recordsOf({ deps: { db } }: World) {
  const sessions = await db.selectFrom('sessions').selectAll().orderBy('id').execute()
  return {
    accounts: await db.selectFrom('accounts').selectAll().orderBy('id').execute(),
    passkeys: await db.selectFrom('passkeys').selectAll().orderBy('id').execute(),
    sessions: sessions.map((session) => ({ ...session, last_seen_at: null })),
    signIns: await db.selectFrom('sign_ins').selectAll().orderBy('id').execute(),
    mails: await db.selectFrom('outbox').select(['id', 'kind']).orderBy('id').execute(),
  }
}

/** The row of a passkey, live or removed. */
export async function passkeyRecord({ deps: { db } }: World, id: string) {
  return db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function accountRecord({ deps: { db } }: World, { loginId }: TestAccount) {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('login_id', '=', loginId)
    .executeTakeFirstOrThrow()
}

export async function accountIdOf(world: World, account: TestAccount): Promise<string> {
  return (await accountRecord(world, account)).id
}

/** The kinds of the alerts about what an operator did, the oldest first. */
export async function alertsOf({ deps: { db } }: World, operator: { readonly id: string }) {
  const rows = db.selectFrom('alerts').select('kind').where('operator_id', '=', operator.id)
  return (await rows.orderBy('at').orderBy('id').execute()).map(({ kind }) => kind)
}

/** How many passkeys an account has that sign in: neither removed nor suspended. */
export async function countLivePasskeys(world: World, account: TestAccount): Promise<number> {
  const { id } = await accountRecord(world, account)
  const rows = await world.deps.db
    .selectFrom('passkeys')
    .select('id')
    .where('account_id', '=', id)
    .where('removed_at', 'is', null)
    .where('suspended_at', 'is', null)
    .execute()
  return rows.length
}

/** Whether a mail with a code of an account has not left yet; what has left is with its receiver. */
export async function codesWait(world: World, account: TestAccount): Promise<boolean> {
  const { id } = await accountRecord(world, account)
  const codes = await world.deps.db
    .selectFrom('outbox')
    .select('id')
    .where('account_id', '=', id)
    .where('sealed', 'is not', null)
    .where('expires_at', 'is not', null)
    .execute()
  return codes.length > 0
}

/** The audit events of one name, the oldest first, with their detail. */
export async function eventsOf(world: World, account: TestAccount, event: string) {
  const { id } = await accountRecord(world, account)
  const rows = await world.deps.db
    .selectFrom('audit_events')
    .selectAll()
    .where('account_id', '=', id)
    .where('event', '=', event)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }))
}
