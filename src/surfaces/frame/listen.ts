import { once } from 'node:events'
import type { Server } from 'node:http'
import { listeningFault } from '../../settings/faults.ts'

/** Listens; throws ConfigError, by the names of the settings, where that cannot be. */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
  names: Parameters<typeof listeningFault>[1],
): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw listeningFault(error, names) ?? error
  }
}
