// The end of a customer's contract: closing, and erasing what is not kept for the records (docs/retention.md).
import type { Account } from '../../domain/accounts/account.ts'
import { toIso } from '../../kernel/clock.ts'
import { endContract, eraseAccount, eraseDue } from '../../operations/support/end-contract.ts'
import { reopenAccount } from '../../operations/support/lock-account.ts'
import {
  readOptions,
  Refusal,
  systemUser,
  withDatabase,
  type Answer,
  type Command,
  type Terminal,
} from './command.ts'
import { withAccount, withOpening } from './with-account.ts'

export const close: Command = {
  usage: '--login-id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      const fault = await endContract(deps, account, operator)
      if (fault) throw new Refusal(fault, 'it is closed already')
      const from = toIso(deps.now() + deps.config.retention.eraseWait)
      return {
        found: { loginId: account.loginId, erasableFrom: from },
        words: [`closed; accounts reopen opens it again, and it may be erased from ${from} on`],
      }
    })
  },
}

export const reopen: Command = {
  usage: '--login-id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'reason'])
    return withOpening(terminal, options, async (deps, account, operator) => {
      const { loginId, lockReason } = account
      if (lockReason !== 'closed') {
        throw new Refusal('not_closed', 'it is not closed; accounts unlock opens what is locked')
      }
      const what = await reopenAccount(deps, account, operator)
      if (what === 'no_live_passkey') {
        throw new Refusal(what, 'it asks for a passkey and has none that may be used')
      }
      if (what !== 'reopened') {
        throw new Refusal('changed_meanwhile', 'somebody has changed it just now: look at it again')
      }
      return {
        found: { loginId },
        words: ['reopened; what was begun or allowed before the closing is not there again'],
      }
    })
  },
}

export const erase: Command = {
  usage: '(--login-id ID | --due) --reason TEXT',
  async run(args, terminal) {
    if (args.includes('--due')) return eraseMany(args, terminal)
    const options = readOptions(args, ['login-id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      const fault = await eraseAccount(deps, account, operator)
      if (fault === 'not_closed') {
        throw new Refusal(fault, 'it is not closed: accounts close comes first')
      }
      if (fault) throw new Refusal(fault, tooEarly(account, deps.config.retention.eraseWait))
      return {
        found: { id: account.id },
        words: [`erased; the audit trail and the applications know it as ${account.id}`],
      }
    })
  },
}

function tooEarly({ lockedAt }: Account, wait: number): string {
  const from = toIso((lockedAt ?? 0) + wait)
  return `it was closed lately: SEKISHO_ERASE_DAYS lets it be erased from ${from} on`
}

async function eraseMany(args: readonly string[], terminal: Terminal): Promise<Answer> {
  const { reason } = readOptions(args, ['reason'], ['due'])
  const operator = { name: systemUser(), reason }
  const erased = await withDatabase(terminal, (deps) => eraseDue(deps, operator))
  return { found: { erased }, words: [`erased: ${erased}`] }
}
