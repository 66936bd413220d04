import { toIso } from '../../kernel/clock.ts'
import { rotateSecret } from '../../operations/upkeep/rotate-secret.ts'
import { readOptions, systemUser, withDatabase, type Command } from './command.ts'

export const rotate: Command = {
  usage: '--reason TEXT',
  async run(args, terminal) {
    const { reason } = readOptions(args, ['reason'])
    return withDatabase(terminal, async (deps) => {
      const rotated = await rotateSecret(deps, { name: systemUser(), reason })
      const { signingKeys, mails } = rotated
      const others = deps.config.secrets.length - 1
      const othersGoAt = others > 0 ? toIso(rotated.othersGoAt) : null
      const words = [
        `${signingKeys} signing keys and ${mails} mails are sealed by the first secret`,
      ]
      if (othersGoAt !== null) {
        words.push(`where all nodes have it as their first, the others may go at ${othersGoAt}`)
      }
      return { found: { signingKeys, mails, othersGoAt }, words }
    })
  },
}
