import { toIso } from '../../kernel/clock.ts'
import { rotateSecret } from '../../operations/rotate-secret.ts'
import { done, readOptions, systemUser, withDatabase, type Command } from './command.ts'

export const rotate: Command = {
  usage: '--reason TEXT',
  async run(args, terminal) {
    const { reason } = readOptions(args, ['reason'])
    return withDatabase(terminal, async (deps) => {
      const rotated = await rotateSecret(deps, { name: systemUser(), reason })
      const { signingKeys, mails, othersGoAt } = rotated
      terminal.say(`${signingKeys} signing keys and ${mails} mails are sealed by the first secret`)
      const others = deps.config.secrets.length - 1
      if (others > 0) {
        terminal.say(
          `where all nodes have it as their first, the others may go at ${toIso(othersGoAt)}`,
        )
      }
      return done
    })
  },
}
