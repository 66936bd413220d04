// The trading desk of examples/, registered with a world and run in this process.
import { startDesk, type RunningDesk } from '../../examples/trading-desk/desk.ts'
import { addClient } from '../../src/clients/registry.ts'
import { freePort } from './processes.ts'
import type { World } from './world.ts'

/** Starts it on a free port, as the demo would. */
export async function startTradingDesk(world: World): Promise<RunningDesk> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const added = await addClient(world.deps, {
    kind: 'web',
    name: 'トレーディングデスク',
    settings: {
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [`${origin}/signed-out`],
      backchannelLogoutUri: `${origin}/backchannel-logout`,
      jwks: null,
    },
  })
  if ('fault' in added || added.secret === null) throw new Error('the trading desk is refused')
  return startDesk({
    origin,
    port,
    issuer: world.origin,
    clientId: added.client.id,
    clientSecret: added.secret,
    demoHoldMinutes: 3,
  })
}
