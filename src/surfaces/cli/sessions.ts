import { endAllSessions, endSessionsOf } from '../../operations/support/end-sessions.ts'
import {
  done,
  readOptions,
  systemUser,
  withDatabase,
  type Command,
  type ExitStatus,
  type Terminal,
} from './command.ts'
import { withAccount } from './with-account.ts'

export const end: Command = {
  usage: '(--all | --login-id ID) --reason TEXT',
  async run(args, terminal) {
    if (args.includes('--all')) return endAll(args, terminal)
    const options = readOptions(args, ['login-id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      terminal.say(`sessions ended: ${await endSessionsOf(deps, account, operator)}`)
      return done
    })
  },
}

async function endAll(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { reason } = readOptions(args, ['reason'], ['all'])
  const operator = { name: systemUser(), reason }
  const ended = await withDatabase(terminal, (deps) => endAllSessions(deps, operator))
  terminal.say(`sessions ended: ${ended.sessions}`)
  terminal.say(`unfinished sign-ins ended: ${ended.signIns}`)
  return done
}
