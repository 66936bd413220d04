// The support desk for a test: its console, and browsers of operators.
import type { RunningConsole } from '../../../src/node/console.ts'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../authenticator/software-authenticator.ts'
import { HttpClient } from './http-client.ts'
import type { World } from './world.ts'

/** A new browser at the console. */
export function deskClient(desk: RunningConsole): HttpClient {
  const { origin } = desk.deps.site
  return new HttpClient(`http://127.0.0.1:${desk.port}`, { origin, surface: 'console' })
}

/** An authenticator as an operator has it, for the console's relying party. */
export function deskAuthenticator(
  { config }: Pick<World, 'config'>,
  options: Partial<Parameters<typeof createAuthenticator>[0]> = {},
): SoftwareAuthenticator {
  const { origin, rpId } = config.console
  return createAuthenticator({ origin, rpId, ...options })
}
