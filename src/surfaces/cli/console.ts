// The console's command, apart from `serve`: it loads neither the customers' pages nor the provider of OpenID Connect.
import { startConsole } from '../../node/console.ts'
import { readConfig } from '../../settings/config.ts'
import { readOptions, type Command } from './command.ts'
import { untilStopped } from './until-stopped.ts'

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
