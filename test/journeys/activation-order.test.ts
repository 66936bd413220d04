// Rules 9 and 43: whoever takes activation codes away holds accounts before requests, and several in one order.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { isActivation } from '../../src/domain/accounts/activation.ts'
import { holdAccount } from '../../src/domain/accounts/hold-account.ts'
import { takeLetters } from '../../src/domain/accounts/letters.ts'
import { holdRows } from '../../src/domain/accounts/store.ts'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { holdRequest } from '../../src/domain/requests/store.ts'
import { outside } from '../support/checks/beside.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { locksAwaited } from '../support/world/held-back.ts'
import {
  approve,
  askedFor,
  pairAtDesk,
  shown,
  signInAgain,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

onEachDatabase('activation codes that wait', { startsAt: 'now' }, (world, { name }) => {
  const isPostgres = name === 'postgres'
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ agent, approver } = await pairAtDesk(world))
  })
  beforeEach(async () => {
    world.advance(1000)
    await Promise.all([agent, approver].map(signInAgain))
  })

  /** The request by which two operators have issued a code for an account. */
  const issued = async (account: TestAccount) => {
    const accountId = await accountIdOf(world, account)
    const { id } = await askedFor(agent, { accountId, acts: [{ act: 'activation-code' }] })
    expectStatus(await approve(approver, id), 200)
    return id
  }

  test('who asked takes hers while a decision holds the account, and neither waits for ever', async (t) => {
    const account = await world.addAccount()
    const request = await issued(account)
    const id = await accountIdOf(world, account)
    const by = fromNowhere({ name: 'test', reason: 'a decision' })
    const { given } = await transact(world.deps, by, async (act) => {
      await holdAccount(act, { id })
      const given = shown(agent, request)
      if (isPostgres) await locksAwaited(t, act.tx, 1)
      await holdRequest(act.tx, request)
      return { given }
    })
    const code = String((await given)['activationCode'])
    const { activation_hash: kept } = await accountRecord(world, account)
    assert.ok(isActivation(world.deps.keys, id, code, kept))
  })

  // On SQLite one act waits for the other from its beginning.
  test(
    'the export of letters holds several accounts in the order in which others do',
    { skip: !isPostgres },
    async (t) => {
      const { db } = world.deps
      const ids: string[] = []
      for (const account of [await world.addAccount(), await world.addAccount()]) {
        await issued(account)
        ids.push(await accountIdOf(world, account))
      }
      const [first = '', last = ''] = ids.sort()
      // The order of the codes is not that of the accounts.
      for (const [id, sealed] of [
        [first, 'z'],
        [last, 'a'],
      ] as const) {
        await db
          .updateTable('accounts')
          .set({ activation_sealed: sealed })
          .where('id', '=', id)
          .execute()
      }
      const { taken } = await db.transaction().execute(async (tx) => {
        await holdRows(tx, [first])
        const taken = outside(() => db.transaction().execute(takeLetters))
        await locksAwaited(t, tx, 1)
        await holdRows(tx, [last])
        return { taken }
      })
      assert.deepEqual(
        (await taken).map(({ id }) => id),
        [first, last],
      )
    },
  )
})
