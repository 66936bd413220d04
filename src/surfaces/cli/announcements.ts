import {
  announcementKinds,
  type AnnouncementFault,
} from '../../domain/announcements/announcement.ts'
import { selectAnnouncements } from '../../domain/announcements/store.ts'
import { toIso } from '../../kernel/clock.ts'
import { longestAnnouncement } from '../../limits/node.ts'
import { removeAnnouncement, setAnnouncement } from '../../operations/announcements.ts'
import {
  readOptions,
  Refusal,
  systemUser,
  UsageError,
  withDatabase,
  type Command,
} from './command.ts'
import { readTime } from './times.ts'

const faults: Readonly<Record<AnnouncementFault, string>> = {
  text_missing: 'one of the texts is empty',
  text_too_long: `one of the texts has more than ${longestAnnouncement} characters`,
  text_not_allowed: 'a text is one line, without control characters',
  over_before_it_begins: '--until is not after --from',
  over_already: '--until is over already',
}

export const set: Command = {
  usage:
    '--kind maintenance|warning --ja TEXT --en TEXT [--from TIME] [--until TIME] --reason TEXT',
  async run(args, terminal) {
    const names = ['kind', 'ja', 'en', 'reason'] as const
    const options = readOptions(args, names, [], ['from', 'until'])
    const kind = announcementKinds.find((one) => one === options.kind)
    if (!kind) throw new UsageError('--kind is maintenance or warning')
    const text = { ja: options.ja.trim(), en: options.en.trim() }
    const times = { from: timeOf('from', options.from), until: timeOf('until', options.until) }
    const operator = { name: systemUser(), reason: options.reason }
    return withDatabase(terminal, async (deps) => {
      const from = times.from ?? deps.now()
      const announcement = { kind, text, from, until: times.until }
      const added = await setAnnouncement(deps, announcement, operator)
      if ('fault' in added) throw new Refusal(added.fault, faults[added.fault])
      return { found: { id: added.id }, words: [`announcement ID: ${added.id}`] }
    })
  },
}

export const list: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    return withDatabase(terminal, async (deps) => {
      const announcements = (await selectAnnouncements(deps.db, deps.now())).map(
        ({ id, kind, text, from, until }) => {
          return { id, kind, text, from: toIso(from), until: toIso(until) }
        },
      )
      const words = announcements.map(({ id, kind, text, from, until }) =>
        [id, kind, from, until ?? 'until removed', text.ja, text.en].join('\t'),
      )
      return { found: { announcements }, words }
    })
  },
}

export const remove: Command = {
  usage: '--id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['id', 'reason'])
    const operator = { name: systemUser(), reason: options.reason }
    return withDatabase(terminal, async (deps) => {
      if (!(await removeAnnouncement(deps, options.id, operator))) {
        throw new Refusal('no_such_announcement', 'there is no such announcement')
      }
      return { found: { id: options.id }, words: [] }
    })
  },
}

function timeOf(option: string, text: string | undefined): number | null {
  return text === undefined ? null : readTime(option, text)
}
