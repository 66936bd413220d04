// Backup and restore of a database in a file. PostgreSQL has its own, which docs/operate.md names.
import { statSync } from 'node:fs'
import { readClosings } from '../../domain/closings.ts'
import { seconds } from '../../kernel/clock.ts'
import { isPostgresAddress } from '../../kernel/db/address.ts'
import { BackupFault, backUpSqlite, restoreSqlite } from '../../kernel/db/sqlite-backup.ts'
import { closeAgain } from '../../operations/support/close-again.ts'
import { closeOperatorsAgain } from '../../operations/support/close-operators-again.ts'
import { endWhatWasBefore } from '../../operations/support/end-what-was-before.ts'
import { readConfig } from '../../settings/config.ts'
import {
  readOptions,
  Refusal,
  systemUser,
  UsageError,
  withDatabase,
  type Answer,
  type Command,
  type CommandDeps,
  type Terminal,
} from './command.ts'

export const backup: Command = {
  usage: '--to PATH',
  async run(args, terminal) {
    const { to } = readOptions(args, ['to'])
    return onFile(terminal, 'pg_dump', async (path) => {
      const begun = performance.now()
      backUpSqlite(path, to)
      const took = (performance.now() - begun) / seconds
      const { size: bytes } = statSync(to)
      return {
        found: { file: to, bytes, seconds: took },
        words: [`${to}: ${inMegabytes(bytes)}, written and checked in ${took.toFixed(1)} s`],
      }
    })
  },
}

export const restore: Command = {
  usage: '(--from PATH | --reason TEXT)',
  async run(args, terminal) {
    if (!args.includes('--from')) return afterOthers(args, terminal)
    const { from } = readOptions(args, ['from'])
    return onFile(terminal, 'pg_restore', async (path, file) => {
      using restoring = await restoreSqlite({ from, path, table: 'installation', now: Date.now() })
      const place = { address: restoring.path, migrates: true }
      const begun = await beginAgain(terminal, file, 'a backup was restored', place)
      return answered(begun, restoring.replace())
    })
  },
}

/** What remains to be done where PostgreSQL's own tools put the database back, or a standby took over. */
async function afterOthers(args: readonly string[], terminal: Terminal): Promise<Answer> {
  const { reason } = readOptions(args, ['reason'])
  const { database, closings } = readConfig(terminal.env)
  if (!isPostgresAddress(database)) throw new UsageError('missing: --from')
  // Told as if it were another one, so that the file is not told what it says.
  return answered(await beginAgain(terminal, closings, reason, { address: database }), null)
}

/** Ends what was before, and closes again what the file says; beside nodes too. */
async function beginAgain(
  terminal: Terminal,
  file: string | null,
  reason: string,
  place: Parameters<typeof withDatabase>[2],
) {
  const operator = { name: systemUser(), reason }
  const kept = readClosings(file)
  const work = async (deps: CommandDeps) => {
    const lastEvent = await endWhatWasBefore(deps, operator)
    const closed = kept && {
      ...(await closeAgain(deps, kept.closings, operator)),
      unread: kept.unread,
    }
    const operators = kept ? await closeOperatorsAgain(deps, kept.operators, operator) : 0
    return { file, lastEvent, closed, operators }
  }
  return withDatabase(terminal, work, place)
}

function answered(
  { file, lastEvent, closed, operators }: Awaited<ReturnType<typeof beginAgain>>,
  former: string | null,
): Answer {
  const words = [
    `restored: the last event of before happened at ${lastEvent ?? 'no time'}`,
    'all sessions, sign-ins and tokens of before have ended',
    closed
      ? `closed since, and closed again: ${closed.passkeys} passkeys, ${closed.accounts} accounts; erased again: ${closed.erased} accounts`
      : `there is no ${file ?? 'SEKISHO_CLOSINGS'}: what was removed, locked, closed or erased since is there again`,
    ...(operators > 0
      ? [`operators of the console closed, re-enrolled or with fewer roles again: ${operators}`]
      : []),
    ...(closed && closed.unread > 0
      ? [`${closed.unread} lines of ${file} cannot be read: whatever they closed is open`]
      : []),
    ...(former === null ? [] : [`the former database is kept as ${former}`]),
  ]
  return { found: { lastEventAt: lastEvent, closedAgain: closed, formerDatabase: former }, words }
}

/** Works on the file that the settings name, and says in one line why it cannot. */
async function onFile(
  terminal: Terminal,
  tool: string,
  work: (path: string, closings: string | null) => Promise<Answer>,
): Promise<Answer> {
  const { database, closings } = readConfig(terminal.env)
  if (isPostgresAddress(database)) {
    const why = `SEKISHO_DATABASE is PostgreSQL: use ${tool}, as docs/operate.md says`
    throw new Refusal('not_sqlite', why)
  }
  try {
    return await work(database, closings)
  } catch (error) {
    const isOfSystem = error instanceof Error && ('syscall' in error || 'errcode' in error)
    if (!(error instanceof BackupFault || isOfSystem)) throw error
    throw new Refusal('file_refused', error.message, error)
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
