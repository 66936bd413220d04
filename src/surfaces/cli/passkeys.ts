import { placeOf } from '../../domain/passkeys/place.ts'
import { selectLivePasskeys } from '../../domain/passkeys/store.ts'
import { toIso } from '../../kernel/clock.ts'
import { removeLostPasskey } from '../../operations/support/remove-passkey.ts'
import { texts } from '../../text/texts.ts'
import { done, readOptions, withDatabase, type Command } from './command.ts'
import { requireAccount, withAccount } from './with-account.ts'

export const list: Command = {
  usage: '--login-id ID',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id'])
    return withDatabase(terminal, async (deps) => {
      const account = await requireAccount(deps, options['login-id'])
      for (const passkey of await selectLivePasskeys(deps.db, account.id)) {
        const place = placeOf(passkey, texts.en)
        const used = toIso(passkey.lastUsedAt) ?? 'never used'
        terminal.say([passkey.id, passkey.name, place, toIso(passkey.createdAt), used].join('\t'))
      }
      return done
    })
  },
}

export const remove: Command = {
  usage: '--login-id ID --id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      const { passkey, wasLast } = await removeLostPasskey(deps, account, options.id, operator)
      terminal.say(`removed: ${passkey.name}`)
      if (wasLast)
        terminal.say('it was the last one: the account signs in with a code by e-mail again')
      return done
    })
  },
}
