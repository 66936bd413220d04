import { toIso } from '../../kernel/clock.ts'
import { revokeKey, rotateKeys } from '../../operations/signing-keys.ts'
import {
  complain,
  done,
  readOptions,
  refused,
  say,
  systemUser,
  withDatabase,
  type Command,
} from './command.ts'

export const rotate: Command = {
  usage: '--reason TEXT',
  async run(args, env) {
    const { reason } = readOptions(args, ['reason'])
    const operator = { name: systemUser(), reason }
    return withDatabase(env, async (deps) => {
      const signsFrom = await rotateKeys(deps, operator)
      say(`the new keys are published now and sign from ${toIso(signsFrom)}`)
      return done
    })
  },
}

export const revoke: Command = {
  usage: '--kid KID --reason TEXT',
  async run(args, env) {
    const { kid, reason } = readOptions(args, ['kid', 'reason'])
    const operator = { name: systemUser(), reason }
    return withDatabase(env, async (deps) => {
      if (await revokeKey(deps, kid, operator)) return done
      complain('there is no such key')
      return refused
    })
  },
}
