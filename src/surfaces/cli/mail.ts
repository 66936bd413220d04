import { selectUndelivered } from '../../domain/outbox/undelivered.ts'
import { toIso } from '../../kernel/clock.ts'
import { readOptions, withDatabase, type Command } from './command.ts'

const most = 1000

export const undelivered: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    return withDatabase(terminal, async ({ db }) => {
      const mails = (await selectUndelivered(db, most)).map(({ at, writtenAt, ...mail }) => {
        return { at: toIso(at), ...mail, writtenAt: toIso(writtenAt) }
      })
      const words = mails.map(({ loginId, kind, writtenAt, at, reason, requestId }) =>
        [at, loginId ?? '-', kind, writtenAt, reason, requestId ?? '-'].join('\t'),
      )
      const isCut = mails.length === most
      if (isCut) words.push(`only the latest ${most} are shown`)
      return { found: { mails, isCut }, words }
    })
  },
}
