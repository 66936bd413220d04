import { endAllSessions, endSessionsOf } from '../../operations/support/end-sessions.ts'
import {
  readOptions,
  systemUser,
  withDatabase,
  type Answer,
  type Command,
  type Terminal,
} from './command.ts'
import { withAccount } from './with-account.ts'

export const end: Command = {
  usage: '(--all | --login-id ID) --reason TEXT',
  async run(args, terminal) {
    if (args.includes('--all')) return endAll(args, terminal)
    const options = readOptions(args, ['login-id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      const sessions = await endSessionsOf(deps, account, operator)
      return { found: { sessions }, words: [`sessions ended: ${sessions}`] }
    })
  },
}

async function endAll(args: readonly string[], terminal: Terminal): Promise<Answer> {
  const { reason } = readOptions(args, ['reason'], ['all'])
  const operator = { name: systemUser(), reason }
  const ended = await withDatabase(terminal, (deps) => endAllSessions(deps, operator))
  const { sessions, signIns } = ended
  const words = [`sessions ended: ${sessions}`, `unfinished sign-ins ended: ${signIns}`]
  return { found: { sessions, signIns }, words }
}
