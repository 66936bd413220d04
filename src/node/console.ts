// The process of the support desk's console: the database and one web server. It sends no mail and sweeps nothing,
// as the customers' nodes do.
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { closingsIn } from '../domain/closings.ts'
import { ChildHasher } from '../domain/password/hasher.ts'
import { openDatabase, type OpenOptions } from '../domain/tables/database.ts'
import type { Clock } from '../kernel/clock.ts'
import { loadAssets } from '../kernel/http/assets.ts'
import { deriveKeys } from '../kernel/secrets.ts'
import type { Config } from '../settings/config.ts'
import { createConsole } from '../surfaces/console/app.ts'
import { consoleSite } from '../surfaces/console/site.ts'
import { listen } from '../surfaces/frame/listen.ts'
import type { SurfaceDeps } from '../surfaces/frame/site.ts'
import { sayAlert } from './say-alert.ts'
import { drainOf, serveSite, stopListening, type Patience } from './server.ts'

interface ConsoleOptions {
  readonly config: Config
  readonly use: OpenOptions['use']
  readonly log: Logger
  readonly now?: Clock
  readonly patience?: Patience | undefined
}

export interface RunningConsole {
  readonly deps: SurfaceDeps
  readonly port: number
  drain(): Promise<void>
  /** Stops listening, finishes the work in hand and releases everything. */
  stop(): Promise<void>
}

/** Opens the database and listens. Throws ConfigError, or whatever else is in its way. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { config, use, log, now = Date.now, patience } = options
  await using begun = new AsyncDisposableStack()
  const keys = deriveKeys(...config.secrets)
  const db = await openDatabase({
    address: config.database,
    prepared: config.prepared,
    migrates: config.migrates,
    keys,
    use,
    report: (error) => log.warn({ err: error }, 'trouble with the database'),
  })
  begun.defer(() => db.destroy())
  // Nobody has a password here; it starts its process with the first, which never comes.
  const hasher = new ChildHasher(log)
  begun.defer(() => hasher.stop())
  const deps: SurfaceDeps = {
    ...{ config, site: consoleSite(config), db, now, keys, hasher, log },
    assets: loadAssets(join(import.meta.dirname, '..', '..', 'dist', 'console')),
    // Its pages show none.
    announcements: { current: () => Promise.resolve([]) },
    // The nodes look into the outbox every second.
    wakeSender: () => {},
    heard: (happening) => sayAlert(log, happening),
    ...closingsIn(config.closings, log),
  }
  const server = serveSite(createConsole(deps), deps, patience)
  const drain = drainOf(server)
  begun.defer(() => stopListening(server, drain))
  await listen(server, config.console, {
    port: 'SEKISHO_CONSOLE_PORT',
    host: 'SEKISHO_CONSOLE_HOST',
  })
  const running = begun.move()
  return {
    ...{ deps, port: (server.address() as AddressInfo).port },
    drain: () => drain.begin(),
    stop: () => running.disposeAsync(),
  }
}
