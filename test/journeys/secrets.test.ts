// A secret is replaced while nodes run: nothing that is under way is lost, and the former one can go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import type { Environment } from '../../src/settings/environment.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  askPasskey,
  accountWithPasskey,
  atPasskey,
  givePassword,
} from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

const next = 'the secret that comes next, and is long enough'

onEachDatabase('a secret that is replaced', { startsAt: 'now' }, (world) => {
  const both = (): Environment => ({ SEKISHO_SECRET: `${next}\n${world.config.secrets[0]}` })

  /** The same browser, led to another node. */
  const ledTo = (node: number, client: HttpClient): HttpClient => {
    const other = world.client({ node })
    for (const [name, value] of client.cookies) other.setCookie(name, value)
    return other
  }

  const keysOf = async (node: number) =>
    expectStatus(await world.client({ node }).get('/oauth2/jwks'), 200)

  test('what the former one made is opened where another makes, and after that without it', async () => {
    // On their way while the secret changes: a code, a challenge, a sign-in, a mail that is refused.
    const byCode = await world.addAccount()
    const atCode = world.client()
    expectStatus(await givePassword(atCode, byCode), 200)
    const code = await world.nextCode(byCode)
    const holder = await accountWithPasskey(world)
    const at = await atPasskey(world, holder)
    const challenge = await askPasskey(at, holder.passkey.id)
    const late = await world.addAccount()
    world.mail.refuse(late.email, 451)
    expectStatus(await givePassword(world.client(), late), 200)
    const keys = await keysOf(0)

    await world.startNode(both())
    const second = ledTo(1, atCode)
    expectStatus(await second.post('/api/sign-in/email-code', { code }), 200)
    const answer = await holder.authenticator.get(challenge)
    expectStatus(await ledTo(1, at).post('/api/sign-in/passkey', answer), 200)
    assert.deepEqual(await keysOf(1), keys)
    await Promise.all(world.nodes.splice(0, 1).map((node) => node.stop()))

    const rotated = await world.command(['secrets', 'rotate', '--reason', 'yearly'], '', both())
    assert.equal(rotated.status, 0, rotated.errors)
    assert.match(
      rotated.output,
      /^2 signing keys and [1-9]\d* mails are sealed .+\n.+ may go at \d{4}-/,
    )

    await world.startNode({ SEKISHO_SECRET: next })
    await Promise.all(world.nodes.splice(0, 1).map((node) => node.stop()))
    assert.deepEqual(await keysOf(0), keys)
    expectStatus(await ledTo(0, second).get('/api/session'), 200)
    world.mail.refuse(late.email, null)
    // A try that was refused while the time moved is put off by what it says then.
    const moving = setInterval(() => world.advance(1 * minutes), 1000)
    await world.nextCode(late).finally(() => clearInterval(moving))
    await assert.rejects(world.startNode(), /SEKISHO_SECRET: is not the one/)
  })
})
