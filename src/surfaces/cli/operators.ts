// The console's operators, by whoever runs the machine: the first two admins come from here (rule 37).
import { joinHalves } from '../../domain/operators/enrolment-code.ts'
import { areRolesApart } from '../../domain/operators/operator.ts'
import { operatorRoles, type OperatorRole } from '../../domain/vocabulary/desk.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import {
  addOperatorByCommand,
  closeOperatorByCommand,
  listOperators,
} from '../../operations/operators/operators.ts'
import {
  readFlags,
  readOptions,
  Refusal,
  systemUser,
  UsageError,
  withDatabase,
  type Command,
} from './command.ts'

const faults = {
  name_not_allowed:
    'the name shows nothing, or holds signs that cannot be seen or turn the writing',
  email_not_allowed: 'the address is not one that mail can be sent to',
  no_such_account: 'there is no account with this login ID',
  restricted:
    'SEKISHO_COMMANDS is restricted: only the first two admins are made by command, everybody else by two admins at the console',
} as const

export const add: Command = {
  usage: `--name NAME --roles LIST [--email ADDRESS] [--login-id ID] (LIST: ${operatorRoles.join(',')})`,
  async run(args, terminal) {
    const options = readOptions(args, ['name', 'roles'], [], ['email', 'login-id'])
    const input = {
      name: options.name,
      roles: readRoles(options.roles),
      email: options.email ?? null,
      loginId: options['login-id'] ?? null,
    }
    return withDatabase(terminal, async (deps) => {
      const added = await addOperatorByCommand(deps, input, { name: systemUser() })
      if (typeof added === 'string') throw new Refusal(added, faults[added])
      const enrolmentCode = joinHalves(added.halves)
      const expiresAt = toIso(added.expiresAt)
      return {
        found: { id: added.operatorId, enrolmentCode, expiresAt },
        words: [
          `enrolment code: ${enrolmentCode}`,
          `good once, until ${expiresAt}, at ${deps.config.console.origin}/enrol`,
        ],
      }
    })
  },
}

export const list: Command = {
  usage: '',
  async run(args, terminal) {
    readFlags(args, [])
    return withDatabase(terminal, async (deps) => {
      const operators = (await listOperators(deps)).map((operator) => ({
        ...{ id: operator.id, name: operator.name, roles: operator.roles },
        ...{ email: operator.contact, passkeys: operator.passkeys },
        ...{ lastSeenAt: toIso(operator.lastSeenAt), closedAt: toIso(operator.closedAt) },
      }))
      const words = operators.map(({ id, name, roles, passkeys, lastSeenAt, closedAt }) =>
        [
          ...[id, name, roles.join(','), `${passkeys} passkeys`],
          closedAt === null ? (lastSeenAt ?? 'never seen') : `closed ${closedAt}`,
        ].join('\t'),
      )
      return { found: { operators }, words }
    })
  },
}

export const remove: Command = {
  usage: '--id ID --reason TEXT',
  async run(args, terminal) {
    const { id, reason } = readOptions(args, ['id', 'reason'])
    return withDatabase(terminal, async (deps) => {
      await closeOperatorByCommand(deps, id, { name: systemUser(), reason }).catch(notThere)
      return { found: { id }, words: ['closed, with passkeys, sessions and codes'] }
    })
  },
}

function notThere(error: unknown): never {
  if (!(error instanceof Problem && error.code === 'not_found')) throw error
  throw new Refusal('no_such_operator', 'there is no operator with this ID who is not closed')
}

/** The roles of a list with commas; UsageError for a word that is none, and for an admin who is more. */
function readRoles(list: string): readonly OperatorRole[] {
  const words = list.split(',').map((word) => word.trim())
  const roles = operatorRoles.filter((role) => words.includes(role))
  const unknown = words.filter((word) => !roles.some((role) => role === word))
  if (unknown.length > 0) throw new UsageError(`--roles: no role: ${unknown.join(', ')}`)
  if (!areRolesApart(roles)) {
    throw new UsageError('--roles: an admin is neither agent nor approver')
  }
  return roles
}
