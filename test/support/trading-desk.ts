// The trading desk of examples/, registered with a world and run in this process.
import { createServer, type AddressInfo } from 'node:net'
import { startDesk, type RunningDesk } from '../../examples/trading-desk/desk.ts'
import { addClient } from '../../src/clients/registry.ts'
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

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
