// The trading desk of examples/, registered with a world and run in this process.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startDesk, type RunningDesk } from '../../../examples/trading-desk/desk.ts'
import { addClient } from '../../../src/operations/openid/clients.ts'
import { freePort } from './processes.ts'
import { operator } from './relying-party.ts'
import type { World } from './world.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** Starts it on a free port, as the demo would. */
export async function startTradingDesk(world: World): Promise<RunningDesk> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const client = {
    kind: 'web',
    name: 'トレーディングデスク',
    settings: {
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [`${origin}/signed-out`],
      backchannelLogoutUri: `${origin}/backchannel-logout`,
      jwks: null,
      homeUri: `${origin}/`,
      nameEn: 'Trading Desk',
    },
    logo: await readFile(join(root, 'examples', 'trading-desk', 'icon.svg')),
  } as const
  const added = await addClient(world.deps, client, operator)
  if ('fault' in added || added.secret === null) throw new Error('the trading desk is refused')
  return startDesk({
    origin,
    port,
    issuer: world.origin,
    clientId: added.clientId,
    clientSecret: added.secret,
    demoHoldMinutes: 3,
  })
}
