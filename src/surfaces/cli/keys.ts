import { toIso } from '../../kernel/clock.ts'
import { revokeKey, rotateKeys } from '../../operations/openid/signing-keys.ts'
import { readOptions, Refusal, systemUser, withDatabase, type Command } from './command.ts'

export const rotate: Command = {
  usage: '--reason TEXT',
  async run(args, terminal) {
    const { reason } = readOptions(args, ['reason'])
    const operator = { name: systemUser(), reason }
    return withDatabase(terminal, async (deps) => {
      const signsFrom = toIso(await rotateKeys(deps, operator))
      const words = [`the new keys are published now and sign from ${signsFrom}`]
      return { found: { signsFrom }, words }
    })
  },
}

export const revoke: Command = {
  usage: '--kid KID --reason TEXT',
  async run(args, terminal) {
    const { kid, reason } = readOptions(args, ['kid', 'reason'])
    const operator = { name: systemUser(), reason }
    return withDatabase(terminal, async (deps) => {
      if (!(await revokeKey(deps, kid, operator))) {
        throw new Refusal('no_such_key', 'there is no such key')
      }
      return { found: { kid }, words: [] }
    })
  },
}
