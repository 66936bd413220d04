import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { endWithin } from '../../kernel/limits.ts'
import { openLog } from '../../node/log.ts'
import { startConsole } from '../../node/console.ts'
import { startNode, type RunningNode } from '../../node/node.ts'
import { readConfig, readMailConfig } from '../../settings/config.ts'
import { ConfigError } from '../../settings/environment.ts'
import { unknownSettings } from '../../settings/unknown.ts'
import {
  done,
  readFlags,
  readOptions,
  refused,
  withDatabase,
  type Answer,
  type Command,
  type ExitStatus,
  type Terminal,
} from './command.ts'
import { untilSignal } from './until-asked.ts'

export const serve: Command = {
  usage: '[--check]',
  logs: true,
  async run(args, terminal) {
    const { check } = readFlags(args, ['check'])
    return check ? checkSettings(terminal) : runNode(terminal)
  },
}

export const consoleCommand: Command = {
  usage: '',
  logs: true,
  async run(args, { env }) {
    readOptions(args, [])
    return untilStopped(env, async (log) => {
      const config = readConfig(env)
      const desk = await startConsole({ config, use: 'serve', log })
      log.info({ origin: config.console.origin, port: desk.port }, 'the console is listening')
      return desk
    })
  },
}

function runNode({ env }: Pick<Terminal, 'env'>): Promise<ExitStatus> {
  return untilStopped(env, async (log) => {
    const config = readConfig(env)
    const node = await startNode({ config, mail: readMailConfig(env), use: 'serve', log })
    const { port, operationsPort } = node
    log.info({ origin: config.origin, operationsPort, port }, 'listening')
    return node
  })
}

/** Starts a server, and stops it in peace when the process is told to end. */
async function untilStopped(
  env: Terminal['env'],
  start: (log: Logger) => Promise<Pick<RunningNode, 'drain' | 'stop'>>,
): Promise<ExitStatus> {
  const log = openLog()
  for (const { setting, says } of unknownSettings(env)) log.warn({ setting }, says)
  try {
    const running = await start(log)
    await untilSignal(() => process.exit(refused))
    log.info('stopping')
    await running.drain()
    const tooLong = wait(endWithin, undefined, { ref: false }).then(() => endAtOnce(log))
    await Promise.race([running.stop(), tooLong])
    return done
  } catch (error) {
    if (error instanceof ConfigError) log.fatal({ setting: error.setting }, error.message)
    else log.fatal({ err: error }, 'the node cannot start or stop')
    return refused
  }
}

/** For a database, say, that takes statements and answers none. */
function endAtOnce(log: Logger): never {
  log.warn('something begun has not ended, and is left')
  process.exit(done)
}

/** Looks at the settings alone: no database is opened, no server asked, no file made. */
function checkSettings(terminal: Terminal): Answer {
  for (const { says } of unknownSettings(terminal.env)) terminal.complain(says)
  readConfig(terminal.env)
  readMailConfig(terminal.env)
  return { found: {}, words: ['the settings are right'] }
}

/** Migrates whatever SEKISHO_MIGRATE says: it is the one command that is asked to. */
export const migrate: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    await withDatabase(terminal, () => Promise.resolve(), { migrates: true })
    return { found: {}, words: ['the database is up to date'] }
  },
}
