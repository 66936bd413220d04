// One node: the database, the password process, the mail sender and the web server, started together.
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { openBoard } from '../domain/announcements/board.ts'
import { closingsIn } from '../domain/closings.ts'
import type { Happening } from '../domain/deps.ts'
import { startSender } from '../domain/outbox/sender.ts'
import { ChildHasher } from '../domain/password/hasher.ts'
import { openDatabase, type OpenOptions } from '../domain/tables/database.ts'
import { seconds, type Clock } from '../kernel/clock.ts'
import { loadAssets } from '../kernel/http/assets.ts'
import { deriveKeys } from '../kernel/secrets.ts'
import { giveUpMail } from '../operations/upkeep/give-up-mail.ts'
import { startSweeper } from '../operations/upkeep/sweep.ts'
import type { Config, MailConfig } from '../settings/config.ts'
import { createApp } from '../surfaces/customer/app.ts'
import { loadManual } from '../surfaces/customer/manual/built.ts'
import { customerSite } from '../surfaces/customer/site.ts'
import { listen } from '../surfaces/frame/listen.ts'
import type { SurfaceDeps } from '../surfaces/frame/site.ts'
import { startOidc } from '../surfaces/oidc/start.ts'
import { kindOf } from '../surfaces/operations-listener/kinds.ts'
import { startMeters } from '../surfaces/operations-listener/meters.ts'
import { startOperations } from '../surfaces/operations-listener/start.ts'
import { startTelephone } from '../surfaces/telephone/listener.ts'
import { letMemoryGrow } from './memory.ts'
import { sayAlert } from './say-alert.ts'
import { drainOf, meterAnswers, serveSite, stopListening, type Patience } from './server.ts'

export interface NodeOptions {
  readonly config: Config
  readonly mail: MailConfig
  readonly use: OpenOptions['use']
  readonly log: Logger
  readonly now?: Clock
  /** Shorter than a real server's, for tests. */
  readonly patience?: Patience | undefined
  /** The folder of `npm run manual`'s pictures, if not dist/manual. */
  readonly manualFolder?: string | undefined
  readonly extraPages?: Parameters<typeof createApp>[3]
}

export interface RunningNode {
  readonly deps: SurfaceDeps
  /** The port in use, also when the settings left the choice to the system (0). */
  readonly port: number
  /** The port for operators, where there is one. */
  readonly operationsPort: number | null
  /** The port for the broker's telephone computer, where there is one. */
  readonly telephonePort: number | null
  /**
   * Is not ready any more, and goes on answering for some seconds, each time with the end of the connection,
   * so that a proxy leaves before the node stops.
   */
  drain(): Promise<void>
  /** Stops listening, finishes the work in hand and releases everything, within about ten seconds. */
  stop(): Promise<void>
}

/**
 * Opens the database and listens. Throws ConfigError, or whatever else is in its way; nothing is left
 * running then.
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { config, mail, use, log, now = Date.now, extraPages } = options
  await using begun = new AsyncDisposableStack()
  const hasher = new ChildHasher(log)
  begun.defer(() => hasher.stop())
  hasher.start()
  const built = join(import.meta.dirname, '..', '..', 'dist')
  const assets = loadAssets(join(built, 'web'))
  const manual = loadManual(options.manualFolder ?? join(built, 'manual'))
  const keys = deriveKeys(...config.secrets)
  const meters = startMeters()
  const report = (error: Error) => {
    meters.troubled()
    log.warn({ err: error }, 'trouble with the database')
  }
  const db = await openDatabase({
    address: config.database,
    prepared: config.prepared,
    migrates: config.migrates,
    keys,
    use,
    report,
    waited: (milliseconds) => meters.waited(milliseconds / seconds),
  })
  begun.defer(() => db.destroy())
  const announcements = await openBoard({ db, now, log })
  const wakeSender = () => sender.wake()
  const heard = (happening: Happening) => {
    meters.happened(happening)
    sayAlert(log, happening)
  }
  const deps: SurfaceDeps = {
    ...{ config, site: customerSite(config), db, now, keys, hasher, assets, announcements },
    ...{ wakeSender, log, heard },
    ...closingsIn(config.closings, log),
  }
  const sender = startSender(
    { ...deps, giveUp: (row, reason) => giveUpMail(deps, row, reason) },
    mail,
  )
  begun.defer(() => sender.stop())
  const sweeper = startSweeper(deps)
  begun.defer(() => sweeper.stop())
  const oidc = await startOidc(deps)
  begun.defer(() => oidc.stop())
  const server = serveSite(createApp(deps, oidc, manual, extraPages), deps, options.patience)
  const drain = drainOf(server)
  if (config.operations) {
    meterAnswers(server, (url, status, took) => meters.answered(kindOf(url), status, took))
  }
  begun.defer(() => stopListening(server, drain))
  await listen(server, config, { port: 'SEKISHO_PORT', host: 'SEKISHO_HOST' })
  const telephone = await startTelephone(deps)
  if (telephone) begun.defer(() => stopListening(telephone.server))
  const isDraining = () => drain.isBegun
  const operators = await startOperations(deps, { counted: meters.families, isDraining, hasher })
  letMemoryGrow()
  const running = begun.move()
  return {
    ...{ deps, port: (server.address() as AddressInfo).port },
    operationsPort: operators?.port ?? null,
    telephonePort: telephone?.port ?? null,
    drain: () => drain.begin(),
    async stop() {
      await running.disposeAsync()
      await operators?.stop()
    },
  }
}
