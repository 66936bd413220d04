// A node is killed in the middle of its work: what it had said is so, and nothing is half done.
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { CommandDeps } from '../../src/surfaces/cli/command.ts'
import { brokenInvariants } from '../support/checks/invariants.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import type { DatabaseKind } from '../support/world/postgres.ts'
import { Customer } from './customer.ts'

export interface KillReport {
  /** How many answers each round had given. */
  readonly killedAfter: readonly number[]
  readonly signIns: number
  readonly passkeys: number
}

/** Kills a node `rounds` times, at random moments, under the load of a few customers. */
export async function killUnderLoad(kind: DatabaseKind, rounds: number): Promise<KillReport> {
  const installation = await Installation.create(kind)
  const customers: Customer[] = []
  const killedAfter: number[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      const accounts = await installation.addAccounts(5)
      const served = await installation.serve()
      const newcomers = accounts.map((account) => new Customer(installation, account))
      customers.push(...newcomers)
      const living = Promise.all(newcomers.map((customer) => customer.live(served)))
      killedAfter.push(await untilAnswered(newcomers, 10 + Math.floor(Math.random() * 90)))
      await served.kill('SIGKILL')
      await living
      assert.deepEqual(served.failures(), [])
      await installation.inside((deps) => checkRecords(deps, customers))
    }
    const survivor = await installation.serve()
    for (const customer of customers) await checkSession(installation, survivor, customer)
    assert.equal(await survivor.kill('SIGTERM'), 0)
  } finally {
    await installation.drop()
  }
  const total = (count: (customer: Customer) => number) =>
    customers.reduce((sum, customer) => sum + count(customer), 0)
  return {
    killedAfter,
    signIns: total(({ ledger }) => ledger.signIns),
    passkeys: total(({ ledger }) => ledger.passkeys.length),
  }
}

/** Waits until so many requests have been answered, half a minute at most; returns how many were. */
async function untilAnswered(customers: readonly Customer[], many: number): Promise<number> {
  const answered = () => customers.reduce((sum, customer) => sum + customer.answered, 0)
  const until = Date.now() + 30_000
  while (answered() < many && Date.now() < until) await wait(1)
  return answered()
}

async function checkRecords(deps: CommandDeps, customers: readonly Customer[]): Promise<void> {
  assert.deepEqual(await brokenInvariants(deps), [])
  for (const customer of customers) await checkLedger(deps, customer)
}

async function checkLedger({ db, keys }: CommandDeps, customer: Customer): Promise<void> {
  const { account, ledger, inHand, unknownId } = customer
  const row = await db
    .selectFrom('accounts')
    .select(['id', 'second_factor'])
    .where('login_id', '=', account.loginId)
    .executeTakeFirstOrThrow()
  const isSwitching = inHand?.method === 'PUT'
  if (!isSwitching) assert.equal(row.second_factor, ledger.factor)

  const passkeys = await db
    .selectFrom('passkeys')
    .select('id')
    .where('account_id', '=', row.id)
    .where('removed_at', 'is', null)
    .execute()
  const kept = new Set(passkeys.map(({ id }) => id))
  for (const id of ledger.passkeys) assert.ok(kept.has(id), `passkey ${id} of ${account.loginId}`)

  const count = async (event: string) => {
    const events = db.selectFrom('audit_events').select('id').where('account_id', '=', row.id)
    return (await events.where('event', '=', event).execute()).length
  }
  const signIns = await count('authn_login_success')
  assert.ok(signIns >= ledger.signIns && signIns <= ledger.signIns + 1, `${signIns} sign-ins`)
  const wrongCodes = await count('authn_code_fail')
  assert.ok(wrongCodes >= ledger.wrongCodes && wrongCodes <= ledger.wrongCodes + 1)
  const codes = await count('authn_code_sent')
  assert.ok(codes >= ledger.codes && codes <= ledger.codes + 1, `${codes} codes`)

  const throttle = await db
    .selectFrom('throttles')
    .select('failures')
    .where('key', '=', `password/${keys.hash('login-id', unknownId)}`)
    .executeTakeFirst()
  const { answered, sent } = ledger.wrongPasswords
  const failures = throttle?.failures ?? 0
  assert.ok(failures >= answered && failures <= sent, `${failures} of ${answered} to ${sent}`)
}

async function checkSession(
  installation: Installation,
  survivor: ServeProcess,
  customer: Customer,
): Promise<void> {
  const { session } = customer.ledger
  if (!session || !customer.isSessionCertain) return
  const cookie = [...session.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = { method: 'GET', path: '/api/session', headers: { cookie } }
  const answer = await installation.client(survivor).raw<{ account: { loginId: string } }>(request)
  assert.equal(answer.status, 200, `the session of ${customer.account.loginId}: ${answer.text}`)
  assert.equal(answer.body.account.loginId, customer.account.loginId)
}
