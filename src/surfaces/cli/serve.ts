import { openLog } from '../../node/log.ts'
import { startNode } from '../../node/node.ts'
import { readConfig, readMailConfig } from '../../settings/config.ts'
import { done, readOptions, withDatabase, type Command } from './command.ts'
import { untilSignal } from './until-asked.ts'

export const serve: Command = {
  usage: '',
  async run(args, { env }) {
    readOptions(args, [])
    const config = readConfig(env)
    const log = openLog()
    const node = await startNode({ config, mail: readMailConfig(env), use: 'serve', log })
    log.info({ origin: config.origin, port: node.port }, 'listening')
    await untilSignal()
    log.info('stopping')
    await node.stop()
    return done
  },
}

export const migrate: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    await withDatabase(terminal, () => Promise.resolve())
    terminal.say('the database is up to date')
    return done
  },
}
