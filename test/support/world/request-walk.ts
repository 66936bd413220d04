import { days, minutes } from '../../../src/kernel/clock.ts'
import { performDue } from '../../../src/operations/requests/perform-due.ts'
import { accountRecord } from '../checks/records.ts'
import { accountWithPasskey } from './journeys.ts'
import { approve, askedFor, atDesk, refusedApproval, shown, signInAgain, why } from './requests.ts'
import { expectProblem, expectStatus, type World } from './world.ts'

/** What operators ask, approve, refuse and look at sends, with a wait and without. */
export async function workWithRequests(world: World): Promise<void> {
  // Two processes of one console, wherever the world is reachable.
  const at = { SEKISHO_CONSOLE_ORIGIN: world.config.console.origin }
  const desk = await world.startConsole(at)
  const waiting = await world.startConsole({ ...at, SEKISHO_RECOVERY_WAIT_HOURS: '1' })
  const agent = await atDesk(world, desk, { roles: ['agent'] })
  const approver = await atDesk(world, desk, { roles: ['approver'] })
  const admins = [
    await atDesk(world, desk, { roles: ['admin'] }),
    await atDesk(world, desk, { roles: ['admin'] }),
  ] as const
  const { account, passkey } = await accountWithPasskey(world)
  const { id: accountId } = await accountRecord(world, account)
  const removal = { act: 'remove-passkey', accountId, passkeyId: passkey.id }
  const email = { act: 'change-email', accountId, email: `x-${account.email}` }
  expectProblem(await agent.client.post('/api/requests', { ...why, ...removal, checks: [] }), 400)

  for (const query of ['', `accountId=${accountId}`, 'state=waiting', 'state=done']) {
    const path = `/api/requests?${query}`
    const { next } = expectStatus(await agent.client.get<{ next: string | null }>(path), 200)
    if (next !== null) throw new Error('the walk makes fewer than a page')
  }
  const cursor = `${world.now}.${accountId}`
  expectStatus(await agent.client.get(`/api/requests?before=${cursor}`), 200)
  expectStatus(await agent.client.get(`/api/approvers?accountId=${accountId}`), 200)

  const refused = await askedFor(agent, removal)
  const refusal = { reason: 'no' }
  expectStatus(await approver.client.post(`/api/requests/${refused.id}/refusal`, refusal), 200)
  const withdrawn = await askedFor(agent, removal)
  expectStatus(await agent.client.delete(`/api/requests/${withdrawn.id}`), 204)
  const old = await askedFor(agent, email)

  const onWait = await atDesk(world, waiting, { roles: ['approver'] })
  const { id } = await askedFor(agent, removal)
  expectStatus(await approve(onWait, id), 200)
  world.advance(1 * days)
  await performDue(world.deps.db, world.now, world.deps)
  for (const one of [agent, approver, ...admins]) await signInAgain(one)
  await refusedApproval(world, approver, old.id, 409)
  expectStatus(await approve(approver, (await askedFor(agent, email)).id), 200)

  const [asker, other] = admins
  const name = { name: '新人', loginId: null, roles: ['agent'] }
  const added = await askedFor(asker, { act: 'add-operator', ...name })
  expectStatus(await approve(other, added.id), 200)
  await shown(asker, added.id)
  // The session's idle clock moves.
  world.advance(2 * minutes)
  await shown(asker, added.id)
}
