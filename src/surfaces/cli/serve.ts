import { startNode } from '../../node/node.ts'
import { readConfig, readMailConfig } from '../../settings/config.ts'
import { unknownSettings } from '../../settings/unknown.ts'
import {
  readFlags,
  readOptions,
  withDatabase,
  type Answer,
  type Command,
  type ExitStatus,
  type Terminal,
} from './command.ts'
import { untilStopped } from './until-stopped.ts'

export const serve: Command = {
  usage: '[--check]',
  logs: true,
  async run(args, terminal) {
    const { check } = readFlags(args, ['check'])
    return check ? checkSettings(terminal) : runNode(terminal)
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
