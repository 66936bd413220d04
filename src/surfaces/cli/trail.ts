import { trimTrail } from '../../operations/support/trim-trail.ts'
import { readConfig } from '../../settings/config.ts'
import { ConfigError } from '../../settings/environment.ts'
import { readOptions, systemUser, withDatabase, type Command } from './command.ts'

export const trim: Command = {
  usage: '--reason TEXT',
  async run(args, terminal) {
    const { reason } = readOptions(args, ['reason'])
    const kept = readConfig(terminal.env).retention.trail
    if (kept === null) {
      throw new ConfigError('SEKISHO_TRAIL_DAYS', 'is not set, so the trail is kept for ever')
    }
    return withDatabase(terminal, async (deps) => {
      const { before, events } = await trimTrail(deps, kept, { name: systemUser(), reason })
      return {
        found: { before, events },
        words: [`events deleted: ${events}, of before ${before}`],
      }
    })
  },
}
