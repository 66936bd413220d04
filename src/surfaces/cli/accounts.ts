import type { IssuedCode } from '../../domain/accounts/activation.ts'
import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import { selectEvents } from '../../domain/audit/store.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import { selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { selectSessions } from '../../domain/sessions/list.ts'
import { toIso } from '../../kernel/clock.ts'
import { longestLoginId, shortestLoginId } from '../../limits/accounts.ts'
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'
import { issueCode } from '../../operations/support/activation-code.ts'
import { addAccount } from '../../operations/support/add-account.ts'
import { changeEmail } from '../../operations/support/change-email.ts'
import {
  lockByCommand,
  reopenAccount,
  reopenGuessed,
} from '../../operations/support/lock-account.ts'
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
import { requireAccount, withAccount, withOpening } from './with-account.ts'

const faults: Readonly<Record<string, string>> = {
  login_id_not_allowed: `the login ID takes ${shortestLoginId} to ${longestLoginId} of the characters a-z 0-9 . _ @ -`,
  login_id_taken: 'an account with this login ID is there already',
  email_not_allowed: 'the address is not one that mail can be sent to',
  display_name_missing: 'the display name is empty',
  contract_ended: 'it was closed with the contract: accounts reopen opens it again',
  changed_meanwhile: 'somebody has locked or reopened it just now: look at it again',
  passkey_in_force:
    'it asks for a passkey: its holder sets a password at /forgotten, or passkeys remove of the last one makes e-mail its factor',
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
  usage: '--login-id ID --email ADDRESS --display-name NAME [--password-stdin]',
  async run(args, terminal) {
    const names = ['login-id', 'email', 'display-name'] as const
    const hasPassword = args.includes('--password-stdin')
    const options = readOptions(args, names, hasPassword ? ['password-stdin'] : [])
    const password = hasPassword ? await readPasswordLine(terminal) : null
    const input = {
      loginId: options['login-id'],
      email: options.email,
      displayName: options['display-name'],
      password,
    }
    const operator = { name: systemUser() }
    const loginId = normaliseLoginId(input.loginId)
    return withDatabase(terminal, async (deps) => {
      const added = await addAccount(deps, input, operator)
      if (typeof added === 'string') throw refusalFor(added)
      const { activation } = added
      return activation ? tellCode(deps, loginId, activation) : { found: { loginId }, words: [] }
    })
  },
}

export const show: Command = {
  usage: '--login-id ID',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id'])
    return withDatabase(terminal, async (deps) => {
      const account = await requireAccount(deps, options['login-id'])
      const { loginId, displayName, email, secondFactor, lockedAt, lockReason } = account
      const { stopLevel: level, stoppedAt } = account
      const kept = await selectKeptPasskeys(deps.db, account.id)
      const passkeys = kept.filter(isLive).length
      const suspendedPasskeys = kept.length - passkeys
      const sessions = await selectSessions(deps.db, account.id, deps.now())
      const held = currentHold(account, deps.now())
      const lock = lockedAt === null ? null : { since: toIso(lockedAt), reason: lockReason }
      const stop = level === null ? null : { level, since: toIso(stoppedAt) }
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
        stop: stop ? `${stop.level} since ${stop.since}` : 'none',
        hold: hold ? `until ${hold.until} (${hold.reason})` : 'none',
        'undelivered mail': mail
          ? `${mail.kind} at ${mail.at} (${mail.reason}), request ${mail.requestId ?? '-'}`
          : 'none',
      }
      return {
        found: {
          ...{ loginId, displayName, email, secondFactor },
          ...{ passkeys, suspendedPasskeys, sessions: sessions.length },
          ...{ lock, stop, hold, undeliveredMail: mail },
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

/** Nobody but the holder sets a password: this gives the code to do it with. */
export const setPassword: Command = {
  usage: '--login-id ID --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'reason'])
    return withOpening(terminal, options, async (deps, account, operator) => {
      const issued = await issueCode(deps, account, operator)
      if (typeof issued === 'string') throw refusalFor(issued)
      return tellCode(deps, account.loginId, issued)
    })
  },
}

/** An activation code, for whoever ran the command to send it by letter. */
function tellCode(
  { config }: CommandDeps,
  loginId: string,
  { code, expiresAt }: IssuedCode,
): Answer {
  const until = toIso(expiresAt)
  return {
    found: { loginId, activationCode: code, expiresAt: until },
    words: [
      `activation code: ${code}`,
      `good once, until ${until}, with a code by e-mail, at ${config.origin}/activate`,
    ],
  }
}

export const setEmail: Command = {
  usage: '--login-id ID --email ADDRESS --reason TEXT',
  async run(args, terminal) {
    const options = readOptions(args, ['login-id', 'email', 'reason'])
    return withOpening(terminal, options, async (deps, account, operator) => {
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
      requireNone(await lockByCommand(deps, account, operator))
      return { found: { loginId: account.loginId }, words: [] }
    })
  },
}

export const unlock: Command = {
  usage: '(--login-id ID | --guessing --since TIME) --reason TEXT',
  async run(args, terminal) {
    if (args.includes('--guessing')) return unlockMany(args, terminal)
    const options = readOptions(args, ['login-id', 'reason'])
    return withOpening(terminal, options, async (deps, account, operator) => {
      requireNone(account.lockReason === 'closed' ? 'contract_ended' : null)
      const what = await reopenAccount(deps, account, operator)
      requireNone(what === 'no_live_passkey' || what === 'changed_meanwhile' ? what : null)
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
  if (fault !== null) throw refusalFor(fault)
}

function refusalFor(fault: string): Refusal {
  return new Refusal(fault, faults[fault] ?? fault)
}
