import { selectAccount } from '../../domain/accounts/store.ts'
import { listUndelivered } from '../../domain/outbox/undelivered.ts'
import { toIso } from '../../kernel/clock.ts'
import { done, readOptions, say, withDatabase, type Command } from './command.ts'

const most = 1000

export const undelivered: Command = {
  usage: '',
  async run(args, env) {
    readOptions(args, [])
    return withDatabase(env, async (deps) => {
      const mails = await listUndelivered(deps, most)
      for (const { accountId, kind, writtenAt, at, reason } of mails) {
        const account = accountId === null ? undefined : await selectAccount(deps.db, accountId)
        say([toIso(at), account?.loginId ?? '-', kind, toIso(writtenAt), reason].join('\t'))
      }
      if (mails.length === most) say(`only the latest ${most} are shown`)
      return done
    })
  },
}
