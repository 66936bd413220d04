// How the account stands when a thief begins.
import { minutes } from '../../../src/kernel/clock.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import { holderOfPasskey } from '../world/ceremonies.ts'
import type { HttpClient } from '../world/http-client.ts'
import { switchFactor } from '../world/journeys.ts'
import { activationOf } from '../world/recovery.ts'
import { expectStatus, type TestAccount, type World } from '../world/world.ts'
import type { Holding, Standing } from './life-model.ts'

export interface Key {
  readonly id: string
  readonly authenticator: SoftwareAuthenticator
}

export interface Prepared {
  readonly account: TestAccount
  readonly client: HttpClient
  readonly key: Key | null
  readonly activationCode: string | null
}

/** The account as its holder has it, with withdrawals stopped, and the thief's browser with the session that was taken over. */
export async function prepare(
  world: World,
  standing: Standing,
  has: ReadonlySet<Holding>,
): Promise<Prepared> {
  const { account, client: holder, key } = await begin(world, standing)
  expectStatus(await holder.post('/api/stop', { level: 'withdrawal' }), 204)
  const minute = has.has('fresh session') ? 1 : 16
  world.advance(minute * minutes)
  const issued = await activationOf(world, account) // Always, so that a guess could be taken for it.
  const activationCode = has.has('activation code') ? issued : null
  if (standing === 'passkey' && key) {
    // What was made before has to be dead by then.
    await switchFactor(holder, key.authenticator, key.id, 'passkey')
  }
  const client = world.client()
  if (has.has('session') || has.has('fresh session')) {
    client.setCookie('sekisho_session', holder.cookies.get('sekisho_session'))
  }
  return { account, client, key, activationCode }
}

async function begin(
  world: World,
  standing: Standing,
): Promise<Pick<Prepared, 'account' | 'client' | 'key'>> {
  if (standing === 'e-mail') {
    const account = await world.addAccount()
    return { account, client: await world.signIn(account), key: null }
  }
  const authenticator = world.authenticator({ counts: false, transports: ['hybrid'] })
  const { account, client, passkey } = await holderOfPasskey(world, authenticator)
  return { account, client, key: { id: passkey.id, authenticator } }
}
