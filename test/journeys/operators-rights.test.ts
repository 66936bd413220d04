// Rule 9 for operators: an act depends on the right as it stands in its transaction, whatever the session was read as.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { asOperator, fromNowhere } from '../../src/domain/actor.ts'
import type { DeskOperator, OperatorSession } from '../../src/domain/operators/operator.ts'
import {
  holdOpenOperators,
  holdOperators,
  selectOperator,
  updateClosed,
  updateRoles,
} from '../../src/domain/operators/store.ts'
import { newId } from '../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { sendCheck } from '../../src/operations/calls/send-check.ts'
import { closeCase, openCase, takeCase } from '../../src/operations/desk/cases.ts'
import { lockAccount, reportStolen } from '../../src/operations/desk/close.ts'
import { revealAtDesk } from '../../src/operations/looks/reveal.ts'
import { searchAtDesk } from '../../src/operations/looks/search.ts'
import { withdrawRequest } from '../../src/operations/requests/end-request.ts'
import { accountRecord } from '../support/checks/records.ts'
import { callingFrom, holderWhoCalls } from '../support/world/callers.ts'
import { seatOperator } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { checks } from '../support/world/requests.ts'
import { expectStatus } from '../support/world/world.ts'

const caller = {
  ...{ address: '192.0.2.7', browser: null, system: null, requestId: null },
  language: 'ja',
} as const
const why = { reason: 'asked for', ticket: 'T-1' }

onEachDatabase('the rights of operators', (world) => {
  let desk: RunningConsole
  before(async () => {
    desk = await world.startConsole()
  })

  const seated = async (): Promise<DeskOperator> => {
    const { id } = await seatOperator(desk, ['agent', 'approver'])
    return (await selectOperator(desk.deps.db, id))!
  }
  const sessionOf = (operator: DeskOperator): OperatorSession => {
    const at = { signedInAt: world.now, provenAt: world.now, lastSeenAt: world.now }
    return { id: newId(), operator, passkeyId: newId(), ...at }
  }
  const act = <T>(work: Parameters<typeof transact<T>>[2]) =>
    transact<T>(desk.deps, fromNowhere({ name: 'test' }), work)

  test('every act is refused when its right has ended since the session was read', async () => {
    const holder = await holderWhoCalls(world)
    const { number } = await callingFrom(world, holder)
    const { id: accountId } = await accountRecord(world, holder.account)
    const passkeyId = holder.lost.id
    const one = await seatOperator(desk, ['agent'])
    const body = { act: 'remove-passkey', accountId, passkeyId, ...why, checks }
    const request = async () =>
      expectStatus(await one.client.post<{ id: string }>('/api/requests', body), 201).id
    const asked = await request()
    const opened = await openCase(desk.deps, sessionOf(await seated()), caller, {
      ...{ accountId: (await accountRecord(world, await world.addAccount())).id, claim: 'c' },
      ...why,
    })
    const asker = (await selectOperator(desk.deps.db, one.id))!
    const acts: Readonly<Record<string, (operator: DeskOperator) => Promise<unknown>>> = {
      search: (operator) => searchAtDesk(desk.deps, sessionOf(operator), caller, 'ab'),
      reveal: (operator) =>
        revealAtDesk(desk.deps, sessionOf(operator), caller, {
          ...{ accountId, fields: ['email'] },
          ...why,
        }),
      'open a case': (operator) =>
        openCase(desk.deps, sessionOf(operator), caller, { accountId, claim: 'c', ...why }),
      'take a case': (operator) => takeCase(desk.deps, sessionOf(operator), caller, opened.id),
      'close a case': (operator) =>
        closeCase(desk.deps, sessionOf(operator), caller, { id: opened.id, reason: 'r' }),
      lock: (operator) => lockAccount(desk.deps, operator, caller, { accountId, ...why }),
      suspend: (operator) =>
        reportStolen(desk.deps, operator, caller, { accountId, passkeyId, ...why }),
      check: (operator) =>
        sendCheck(desk.deps, asOperator(caller, operator), operator, number, {
          ...{ act: 'remove-passkey', subject: passkeyId },
        }),
    }
    for (const [name, perform] of Object.entries(acts)) {
      for (const end of ['roles', 'closing'] as const) {
        const seen = await seated()
        await act(async ({ tx, now }) =>
          end === 'roles' ? updateRoles(tx, seen.id, []) : updateClosed(tx, seen.id, now),
        )
        await assert.rejects(perform(seen), { code: 'not_allowed' }, `${name} after ${end}`)
      }
    }
    // With the right none of them is refused for want of it.
    for (const [name, perform] of Object.entries(acts)) {
      const outcome = await perform(await seated()).catch((error: unknown) => error)
      assert.notEqual((outcome as { code?: string } | undefined)?.code, 'not_allowed', name)
    }
    await act(({ tx, now }) => updateClosed(tx, asker.id, now))
    const withdrawal = withdrawRequest(desk.deps, caller, asker, asked)
    await assert.rejects(withdrawal, { code: 'not_allowed' }, 'withdrawal')
  })

  test('operators are held in one order, by whoever holds some or all of them', async () => {
    // Which comes first depends on the collation.
    const some = await Promise.all(Array.from({ length: 6 }, seated))
    const ids = some.map(({ id }) => id)
    const holds = Array.from({ length: 12 }, (_, round) =>
      act(async ({ tx }) => {
        if (round % 3 === 0) await holdOpenOperators(tx)
        else await holdOperators(tx, round % 3 === 1 ? ids : ids.toReversed())
      }),
    )
    await Promise.all(holds)
  })
})
