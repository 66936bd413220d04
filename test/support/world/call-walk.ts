import { accountRecord } from '../checks/records.ts'
import { registerFurtherPasskey, securityKey } from './ceremonies.ts'
import { seatOperator } from './desk-seats.ts'
import { accountWithPasskey, askPasskey, atPasskey } from './journeys.ts'
import { atPage, confirm, lookUp, sayDigits, seen, sendCheck, showNumber } from './telephone.ts'
import { expectProblem, expectStatus, type World } from './world.ts'

/** What a call to support, and one of the broker, sends on both sides. */
export async function callSupport(world: World): Promise<void> {
  const desk = await world.startConsole()
  const agent = await seatOperator(desk, ['agent'])
  const holder = await accountWithPasskey(world)
  const key = securityKey(world)
  const further = await registerFurtherPasskey(world, holder, key, 'YubiKey')
  const { id } = await accountRecord(world, holder.account)
  await world.deps.db
    .updateTable('accounts')
    .set({ hold_until: null })
    .where('id', '=', id)
    .execute()
  const page = await atPasskey(world, holder)
  await showNumber(page)
  const number = await showNumber(page, { page: 'passkey', failure: 'notAllowed' })
  expectProblem(await lookUp(agent, 'none'), 404)
  for (let look = 1; look <= 2; look += 1) await seen(agent, number)
  const about = { act: 'remove-passkey', passkeyId: holder.passkey.id }
  await sendCheck(agent, number, about)
  expectStatus(await page.post('/api/call-number/answer', { called: false }), 204)
  expectStatus(await sayDigits(page, await sendCheck(agent, number, about)), 204)
  await atPage(page)
  expectStatus(await confirm(page, key, further.id), 204)
  await seen(agent, number)
  const path = `/api/accounts/${id}/call`
  expectStatus(await agent.client.post(path, { purpose: 'called-back' }), 201)
  expectStatus(await holder.client.get('/portal'), 200)
  expectStatus(await agent.client.delete(path), 204)
  const options = await askPasskey(page, further.id)
  expectStatus(await page.post('/api/sign-in/passkey', await key.get(options)), 200)
  const unbound = await showNumber(holder.client, { page: 'portal' })
  await seen(agent, unbound)
}
