import { accountRecord } from '../checks/records.ts'
import { closeCase, openedCase, takeCase } from './cases.ts'
import { seatOperator } from './desk-seats.ts'
import { accountWithPasskey } from './journeys.ts'
import { expectStatus, type World } from './world.ts'

/** What the desk sends to find accounts and to look at them, and what an auditor reads of it. */
export async function lookAtAccounts(world: World): Promise<void> {
  const desk = await world.startConsole()
  const agent = await seatOperator(desk)
  const auditor = await seatOperator(desk, ['auditor'])
  const holder = await accountWithPasskey(world)
  const { loginId, email } = holder.account
  const { id } = await accountRecord(world, holder.account)
  const [passkey] = await world.deps.db
    .selectFrom('passkeys')
    .select('credential_id')
    .where('account_id', '=', id)
    .execute()
  for (const typed of [loginId, email, passkey?.credential_id ?? '', '田中', '田 中 花']) {
    expectStatus(await agent.client.get(`/api/accounts?q=${encodeURIComponent(typed)}`), 200)
  }
  // The version before wrote none; the sweep at the end of the walk fills it in.
  await world.deps.db
    .updateTable('accounts')
    .set({ search_name: null })
    .where('id', '=', id)
    .execute()
  const path = `/api/accounts/${id}`
  const asked = { fields: ['email'], reason: 'to read it back', ticket: 'none' }
  expectStatus(await agent.client.post(`${path}/reveal`, asked), 200)
  await investigate(desk, id)
  const place = '9000000000000.z'
  for (const look of ['', '/events', '/events?kind=mail', `/events?before=${place}`]) {
    expectStatus(await agent.client.get(`${path}${look}`), 200)
  }
  for (const look of ['alerts', 'cases', 'looks?kind=search', 'looks/export']) {
    expectStatus(await auditor.client.get(`/api/${look}`), 200)
  }
  for (const look of ['alerts', 'cases', 'looks']) {
    expectStatus(await auditor.client.get(`/api/${look}?before=${place}`), 200)
  }
}

type Desk = Parameters<typeof seatOperator>[0]

async function investigate(desk: Desk, id: string): Promise<void> {
  const agent = await seatOperator(desk)
  const approver = await seatOperator(desk, ['approver'])
  const opened = await openedCase(agent, id)
  expectStatus(await takeCase(opened, approver), 200)
  expectStatus(await approver.client.get(`/api/cases/${opened.id}/export`), 200)
  expectStatus(await closeCase(opened, approver), 200)
}
