// Rule 37: what the command line does to operators, and how the console shows it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { operatorRoles } from '../../src/domain/vocabulary/desk.ts'
import { hours } from '../../src/kernel/clock.ts'
import { Problem } from '../../src/kernel/http/problem.ts'
import { newId } from '../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { pages } from '../../src/surfaces/console/pages.ts'
import {
  addOperator as addByCommand,
  deskAuthenticator,
  deskClient,
  enrolOperator,
  enrolWithCode,
  signInAtDesk,
  type EnrolledOperator,
} from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { signInAgain } from '../support/world/requests.ts'
import { expectStatus } from '../support/world/world.ts'

type Banner = { did: string; operator: { id: string; roles: string }; by: string }

onEachDatabase('operators by command', (world) => {
  let desk: RunningConsole
  let admin: EnrolledOperator

  before(async () => {
    desk = await world.startConsole()
    admin = await enrolOperator(world, desk, { roles: ['admin'] })
  })

  const session = async (client: HttpClient) =>
    expectStatus(
      await client.get<{ banners: readonly Banner[]; moreBanners: number }>('/api/session'),
      200,
    )

  test('what the command line does stands at the console for a day', async () => {
    world.advance(24 * hours)
    const added = await world.command([
      'operators',
      'add',
      '--name',
      '応援',
      '--roles',
      'agent,approver',
    ])
    assert.match(added.output, /^enrolment code: [0-9A-Z-]{31}\n/)
    const [, code = ''] = /code: (\S+)/.exec(added.output) ?? []
    const [client, authenticator] = [deskClient(desk), deskAuthenticator(world)]
    const enrolled = expectStatus(await enrolWithCode(client, authenticator, code), 201)
    expectStatus(await signInAtDesk(client, authenticator), 200)
    const shown = (await session(client)).banners
    assert.deepEqual(
      shown.map(({ did, operator }) => [did, operator.id, operator.roles]),
      [['added', enrolled.operator.id, 'agent approver']],
    )
    assert.ok(shown[0]?.by)
    assert.doesNotMatch(shown[0].by, /operator:/)
    const { id } = enrolled.operator
    const removed = await world.command(['operators', 'remove', '--id', id, '--reason', 'gone'])
    assert.equal(removed.status, 0, removed.errors)
    await signInAgain(admin)
    const alerts = world.deps.db.selectFrom('alerts').select('detail').orderBy('id')
    const raised = await alerts.where('kind', '=', 'operator-by-command').execute()
    const ofThis = raised.map(({ detail }) => JSON.parse(detail) as Record<string, string>)
    assert.deepEqual(
      ofThis
        .filter(({ concerned }) => concerned === id)
        .map(({ did }) => did)
        .toSorted(),
      ['added', 'removed'],
    )
    assert.deepEqual(
      (await session(admin.client)).banners.map(({ did }) => did),
      ['removed', 'added'],
    )
    world.advance(24 * hours)
    await signInAgain(admin)
    assert.deepEqual((await session(admin.client)).banners, [])
  })

  test('of many uses the latest stand there, the number of the others, and none is hidden by the console', async () => {
    world.advance(24 * hours)
    await signInAgain(admin)
    await addByCommand(desk, { name: '最初', roles: ['agent'] })
    const [one] = await world.deps.db
      .selectFrom('audit_events')
      .selectAll()
      .where('event', '=', 'sys_operator_added')
      .orderBy('at', 'desc')
      .limit(1)
      .execute()
    assert.ok(one)
    const more = (from: string, count: number) =>
      world.deps.db
        .insertInto('audit_events')
        .values(
          Array.from({ length: count }, () => ({
            ...one,
            id: newId(),
            detail: one.detail.replace('"from":"command"', `"from":"${from}"`),
          })),
        )
        .execute()
    const told = async () => {
      const { banners, moreBanners } = await session(admin.client)
      return [banners.length, moreBanners]
    }
    await more('console', 60)
    assert.deepEqual(await told(), [1, 0])
    await more('command', 51)
    assert.deepEqual(await told(), [50, 2])
    const { text } = await admin.client.get('/operators')
    assert.match(text, /ほかに、これより前の変更が2件/)
    world.advance(24 * hours)
    await signInAgain(admin)
  })

  test('of two who are made of one customer at once, one is', async () => {
    const { loginId } = await world.addAccount()
    const made = await Promise.allSettled(
      Array.from({ length: 4 }, () => addByCommand(desk, { roles: ['agent'], loginId })),
    )
    const refused = made.filter((one) => one.status === 'rejected')
    assert.equal(refused.length, 3)
    for (const { reason } of refused) assert.equal((reason as Problem).code, 'operator_known')
  })

  test('what the command line did to operators stands on every page, for everybody, for a day', async () => {
    const one = await addByCommand(desk, { name: '見知らぬ者', roles: ['auditor'] })
    let seen = 0
    for (const role of operatorRoles) {
      const { client } = await enrolOperator(world, desk, { roles: [role] })
      for (const [path] of pages.filter(([path]) => !path.includes(':'))) {
        const page = await client.get(path)
        if (page.status !== 200) continue
        if (path === '/sign-in' || path === '/enrol') continue
        seen += 1
        assert.match(page.text, /コマンドによる変更[^]*見知らぬ者/, `${path} for ${role}`)
      }
    }
    assert.ok(seen > 12, String(seen))
    assert.ok(one.id)
    world.advance(24 * hours)
    await signInAgain(admin)
    assert.doesNotMatch((await admin.client.get('/operators')).text, /コマンドによる変更/)
  })
})
