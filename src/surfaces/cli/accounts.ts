import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import { selectEvents } from '../../domain/audit/store.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import { selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { selectSessions } from '../../domain/sessions/list.ts'
import { toIso } from '../../kernel/clock.ts'
import {
  longestLoginId,
  longestPassword,
  shortestLoginId,
  shortestPassword,
} from '../../kernel/limits.ts'
import { addAccount } from '../../operations/support/add-account.ts'
import { changeEmail } from '../../operations/support/change-email.ts'
import { changePassword } from '../../operations/support/change-password.ts'
import {
  closeAccount,
  reopenAccount,
  reopenGuessed,
} from '../../operations/support/close-account.ts'
import {
  readOptions,
  readPasswordLine,
  Refusal,
  systemUser,
  withDatabase,
  type Answer,
  type Command,
  type CommandDeps,
  type Terminal,
} from './command.ts'
import { readTime } from './times.ts'
import { requireAccount, withAccount } from './with-account.ts'

const faults: Readonly<Record<string, string>> = {
  login_id_not_allowed: `the login ID takes ${shortestLoginId} to ${longestLoginId} of the characters a-z 0-9 . _ @ -`,
  login_id_taken: 'an account with this login ID is there already',
  email_not_allowed: 'the address is not one that mail can be sent to',
  display_name_missing: 'the display name is empty',
  contract_ended: 'it was closed with the contract: accounts reopen opens it again',
  changed_meanwhile: 'somebody has locked or reopened it just now: look at it again',
  no_live_passkey:
    'it asks for a passkey and has none that may be used: passkeys remove of the last one makes e-mail its factor',
  display_name_not_allowed: 'the display name holds signs that cannot be seen or turn the writing',
  too_short: `the password has fewer than ${shortestPassword} characters`,
  too_long: `the password has more than ${longestPassword} characters`,
  common: 'the password is one of those that are tried first',
  made_of_context: 'the password is made of the login ID, the address or the brand',
  breached: 'the password stands on the list of breached ones',
}

export const add: Command = {
  usage: '--login-id ID --email ADDRESS --display-name NAME --password-stdin',
  async run(args, terminal) {
    const names = ['login-id', 'email', 'display-name'] as const
    const options = readOptions(args, names, ['password-stdin'])
    const password = await readPasswordLine(terminal)
    const input = {
      loginId: options['login-id'],
      email: options.email,
      displayName: options['display-name'],
      password,
    }
    const operator = { name: systemUser() }
    requireNone(await withDatabase(terminal, (deps) => addAccount(deps, input, operator)))
    return { found: { loginId: normaliseLoginId(input.loginId) }, words: [] }
  },
}

export const show: Command = {
  usage: '--login-id ID',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id'])
    return withDatabase(terminal, async (deps) => {
      const account = await requireAccount(deps, options['login-id'])
      const { loginId, displayName, email, secondFactor, lockedAt, lockReason } = account
      const kept = await selectKeptPasskeys(deps.db, account.id)
      const passkeys = kept.filter(isLive).length
      const suspendedPasskeys = kept.length - passkeys
      const sessions = await selectSessions(deps.db, account.id, deps.now())
      const held = currentHold(account, deps.now())
      const lock = lockedAt === null ? null : { since: toIso(lockedAt), reason: lockReason }
      const hold = held && { until: toIso(held.until), reason: held.reason }
      const mail = await latestUndelivered(deps, account.id)
      const facts = {
        'login ID': loginId,
        'display name': displayName,
        'e-mail': email,
        'second factor': secondFactor,
        passkeys,
        'suspended passkeys': suspendedPasskeys,
        sessions: sessions.length,
        lock: lock ? `since ${lock.since} (${lock.reason})` : 'none',
        hold: hold ? `until ${hold.until} (${hold.reason})` : 'none',
        'undelivered mail': mail
          ? `${mail.kind} at ${mail.at} (${mail.reason}), request ${mail.requestId ?? '-'}`
          : 'none',
      }
      return {
        found: {
          ...{ loginId, displayName, email, secondFactor },
          ...{ passkeys, suspendedPasskeys, sessions: sessions.length },
          ...{ lock, hold, undeliveredMail: mail },
        },
        words: Object.entries(facts).map(([name, value]) => `${name}: ${value}`),
      }
    })
  },
}

/** So that support sees an address that bounces; the request ID leads to the log of the mail. */
async function latestUndelivered({ db }: Pick<CommandDeps, 'db'>, id: string) {
  const [event] = await selectEvents(db, id, ['authn_mail_undelivered'], 1)
  if (!event) return null
  const { kind, reason } = JSON.parse(event.detail) as { kind: string; reason: string }
  return { kind, at: toIso(event.at), reason, requestId: event.request_id }
}

export const setPassword: Command = {
  usage: '--login-id ID --reason TEXT --password-stdin',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'reason'], ['password-stdin'])
    const password = await readPasswordLine(terminal)
    return withAccount(terminal, options, async (deps, account, operator) => {
      requireNone(await changePassword(deps, account, password, operator))
      return { found: { loginId: account.loginId }, words: [] }
    })
  },
}

export const setEmail: Command = {
  usage: '--login-id ID --email ADDRESS --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'email', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      requireNone(await changeEmail(deps, account, options.email, operator))
      return { found: { loginId: account.loginId }, words: [] }
    })
  },
}

export const lock: Command = {
  usage: '--login-id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      requireNone(await closeAccount(deps, account, operator))
      return { found: { loginId: account.loginId }, words: [] }
    })
  },
}

export const unlock: Command = {
  usage: '(--login-id ID | --guessing --since TIME) --reason TEXT',
  async run(args, terminal) {
    if (args.includes('--guessing')) return unlockMany(args, terminal)
    const options = readOptions(args, ['login-id', 'reason'])
    return withAccount(terminal, options, async (deps, account, operator) => {
      requireNone(account.lockReason === 'closed' ? 'contract_ended' : null)
      const what = await reopenAccount(deps, account, operator)
      requireNone(what === 'reopened' || what === 'waits_lifted' ? null : what)
      const wasLocked = what === 'reopened'
      return {
        found: { loginId: account.loginId, wasLocked },
        words: [wasLocked ? 'reopened' : 'it was not locked; its waits are lifted'],
      }
    })
  },
}

async function unlockMany(args: readonly string[], terminal: Terminal): Promise<Answer> {
  const options = readOptions(args, ['since', 'reason'], ['guessing'])
  const since = readTime('since', options.since)
  const operator = { name: systemUser(), reason: options.reason }
  const reopened = await withDatabase(terminal, (deps) => reopenGuessed(deps, since, operator))
  return { found: { reopened }, words: [`reopened: ${reopened}`] }
}

function requireNone(fault: string | null): void {
  if (fault !== null) throw new Refusal(fault, faults[fault] ?? fault)
}
