// Two tabs that ask for the same at once are told how their attempt stands, on one node or two: it is not over.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { seconds } from '../../src/kernel/clock.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer } from '../support/world/http-client.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { askForgotten, forgotten, proveMailbox } from '../support/world/recovery.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('an attempt to set a password that is asked twice at once', (world) => {
  const times = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 4 }, work))
  const saidBy = ({ status, body }: Answer) => {
    const { code = '', step = '' } = body as { code?: string; step?: string }
    return [status, code, step].filter(Boolean).join(' ')
  }
  const said = (answers: readonly Answer[]) => answers.map(saidBy).toSorted()

  for (const whose of ['an account', 'nobody'] as const) {
    test(`sends one code more, of ${whose}`, async () => {
      const account = whose === 'nobody' ? { loginId: 'nobody-at-all' } : await world.addAccount()
      const client = await askForgotten(world, account)
      world.advance(30 * seconds)
      const answers = await times(() => client.post(`${forgotten}/email-code/resend`))
      const late = '429 too_many_codes'
      assert.deepEqual(said(answers), ['200', late, late, late])
      expectStatus(await client.get(forgotten), 200)
    })
  }

  test('goes on by the right code once', async () => {
    const { account } = await accountWithPasskey(world)
    const client = await askForgotten(world, account)
    const code = await world.nextCode(account)
    const answers = await times(() => client.post(`${forgotten}/email-code`, { code }))
    const late = '409 wrong_step passkey'
    assert.deepEqual(said(answers), ['200 passkey', late, late, late])
  })

  test('goes on by the passkey once', async () => {
    const holder = await accountWithPasskey(world, world.authenticator({ counts: false }))
    const client = await proveMailbox(world, holder.account)
    const proofs = await times(async () => {
      const path = `${forgotten}/passkey/options`
      const options = await client.post<PublicKeyCredentialRequestOptionsJSON>(path, {
        passkeyId: holder.passkey.id,
      })
      return holder.authenticator.get(expectStatus(options, 200))
    })
    const answers = await Promise.all(
      proofs.map((proof) => client.post(`${forgotten}/passkey`, proof)),
    )
    const late = '409 wrong_step password'
    assert.deepEqual(said(answers), ['200 password', late, late, late])
  })
})
