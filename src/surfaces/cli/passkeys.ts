import { placeOf } from '../../domain/passkeys/place.ts'
import { selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { toIso } from '../../kernel/clock.ts'
import { removeLostPasskey } from '../../operations/support/remove-passkey.ts'
import { texts } from '../../text/texts.ts'
import { readOptions, withDatabase, type Command } from './command.ts'
import { requireAccount, withOpening } from './with-account.ts'

export const list: Command = {
  usage: '--login-id ID',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id'])
    return withDatabase(terminal, async (deps) => {
      const account = await requireAccount(deps, options['login-id'])
      const kept = await selectKeptPasskeys(deps.db, account.id)
      const passkeys = kept.map((passkey) => ({
        ...{ id: passkey.id, name: passkey.name, place: placeOf(passkey, texts.en) },
        ...{ createdAt: toIso(passkey.createdAt), lastUsedAt: toIso(passkey.lastUsedAt) },
        suspendedAt: toIso(passkey.suspendedAt),
      }))
      const words = passkeys.map(({ id, name, place, createdAt, lastUsedAt, suspendedAt }) => {
        const state = suspendedAt === null ? [] : [`suspended ${suspendedAt}`]
        return [id, name, place, createdAt, lastUsedAt ?? 'never used', ...state].join('\t')
      })
      return { found: { passkeys }, words }
    })
  },
}

export const remove: Command = {
  usage: '--login-id ID --id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'id', 'reason'])
    return withOpening(terminal, options, async (deps, account, operator) => {
      const { passkey, wasLast } = await removeLostPasskey(deps, account, options.id, operator)
      const words = [`removed: ${passkey.name}`]
      if (wasLast)
        words.push('it was the last one: the account signs in with a code by e-mail again')
      return { found: { id: passkey.id, name: passkey.name, wasLast }, words }
    })
  },
}
