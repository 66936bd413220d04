// Backup and restore of a database in a file. PostgreSQL has its own, which docs/operate.md names.
import { statSync } from 'node:fs'
import { closingsFile, readClosings } from '../../domain/closings.ts'
import { seconds } from '../../kernel/clock.ts'
import { isPostgresAddress } from '../../kernel/db/address.ts'
import { BackupFault, backUpSqlite, restoreSqlite } from '../../kernel/db/sqlite-backup.ts'
import { closeAgain } from '../../operations/support/close-again.ts'
import { endWhatWasBefore } from '../../operations/support/end-what-was-before.ts'
import { readConfig } from '../../settings/config.ts'
import {
  readOptions,
  Refusal,
  systemUser,
  withDatabase,
  type Answer,
  type Command,
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
  usage: '--from PATH',
  async run(args, terminal) {
    const { from } = readOptions(args, ['from'])
    const operator = { name: systemUser(), reason: 'a backup was restored' }
    return onFile(terminal, 'pg_restore', async (path) => {
      using restoring = await restoreSqlite({ from, path, table: 'installation', now: Date.now() })
      const closings = readClosings(path)
      const result = await withDatabase(
        terminal,
        async (deps) => {
          const lastEvent = await endWhatWasBefore(deps, operator)
          return { lastEvent, ...(await closeAgain(deps, closings ?? [], operator)) }
        },
        { address: restoring.path, migrates: true },
      )
      const former = restoring.replace()
      const { lastEvent, passkeys, accounts, erased } = result
      const words = [
        `restored: the last event in the backup happened at ${lastEvent ?? 'no time'}`,
        'all sessions, sign-ins and tokens of before have ended',
        closings
          ? `closed since, and closed again: ${passkeys} passkeys, ${accounts} accounts; erased again: ${erased} accounts`
          : `there is no ${closingsFile(path)}: what was removed, locked, closed or erased since is there again`,
        ...(former === null ? [] : [`the former database is kept as ${former}`]),
      ]
      const closedAgain = closings ? { passkeys, accounts, erased } : null
      return { found: { lastEventAt: lastEvent, closedAgain, formerDatabase: former }, words }
    })
  },
}

/** Works on the file that the settings name, and says in one line why it cannot. */
async function onFile(
  terminal: Terminal,
  tool: string,
  work: (path: string) => Promise<Answer>,
): Promise<Answer> {
  const { database } = readConfig(terminal.env)
  if (isPostgresAddress(database)) {
    const why = `SEKISHO_DATABASE is PostgreSQL: use ${tool}, as docs/operate.md says`
    throw new Refusal('not_sqlite', why)
  }
  try {
    return await work(database)
  } catch (error) {
    const isOfSystem = error instanceof Error && ('syscall' in error || 'errcode' in error)
    if (!(error instanceof BackupFault || isOfSystem)) throw error
    throw new Refusal('file_refused', error.message, error)
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
