import { selectUndelivered } from '../../domain/outbox/store.ts'
import { toIso } from '../../kernel/clock.ts'
import { done, readOptions, withDatabase, type Command } from './command.ts'

const most = 1000

export const undelivered: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    return withDatabase(terminal, async ({ db }) => {
      const mails = await selectUndelivered(db, most)
      for (const { loginId, kind, writtenAt, at, reason, requestId } of mails) {
        const facts = [toIso(at), loginId ?? '-', kind, toIso(writtenAt), reason, requestId ?? '-']
        terminal.say(facts.join('\t'))
      }
      if (mails.length === most) terminal.say(`only the latest ${most} are shown`)
      return done
    })
  },
}
