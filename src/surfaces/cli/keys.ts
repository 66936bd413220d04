import { toIso } from '../../kernel/clock.ts'
import { revokeKey, rotateKeys } from '../../operations/signing-keys.ts'
import { done, readOptions, refuse, systemUser, withDatabase, type Command } from './command.ts'

export const rotate: Command = {
  usage: '--reason TEXT',
  async run(args, terminal) {
    const { reason } = readOptions(args, ['reason'])
    const operator = { name: systemUser(), reason }
    return withDatabase(terminal, async (deps) => {
      const signsFrom = await rotateKeys(deps, operator)
      terminal.say(`the new keys are published now and sign from ${toIso(signsFrom)}`)
      return done
    })
  },
}

export const revoke: Command = {
  usage: '--kid KID --reason TEXT',
  async run(args, terminal) {
    const { kid, reason } = readOptions(args, ['kid', 'reason'])
    const operator = { name: systemUser(), reason }
    return withDatabase(terminal, async (deps) =>
      (await revokeKey(deps, kid, operator)) ? done : refuse(terminal, 'there is no such key'),
    )
  },
}
