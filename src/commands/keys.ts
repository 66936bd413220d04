import { revokeKey } from '../oidc/keys.ts'
import {
  complain,
  done,
  readOptions,
  refused,
  systemUser,
  withDatabase,
  type Command,
} from './command.ts'

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
