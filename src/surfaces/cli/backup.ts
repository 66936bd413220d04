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
  done,
  readOptions,
  refuse,
  systemUser,
  withDatabase,
  type Command,
  type ExitStatus,
  type Terminal,
} from './command.ts'

export const backup: Command = {
  usage: '--to PATH',
  async run(args, terminal) {
    const { to } = readOptions(args, ['to'])
    return onFile(terminal, 'pg_dump', async (path) => {
      const begun = performance.now()
      backUpSqlite(path, to)
      const took = ((performance.now() - begun) / seconds).toFixed(1)
      terminal.say(`${to}: ${inMegabytes(statSync(to).size)}, written and checked in ${took} s`)
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
      terminal.say(
        `restored: the last event in the backup happened at ${result.lastEvent ?? 'no time'}`,
      )
      terminal.say('all sessions, sign-ins and tokens of before have ended')
      terminal.say(
        closings
          ? `closed since, and closed again: ${result.passkeys} passkeys, ${result.accounts} accounts`
          : `there is no ${closingsFile(path)}: what was removed or locked since is open again`,
      )
      if (former !== null) terminal.say(`the former database is kept as ${former}`)
    })
  },
}

/** Works on the file that the settings name, and says in one line why it cannot. */
async function onFile(
  terminal: Terminal,
  tool: string,
  work: (path: string) => Promise<void>,
): Promise<ExitStatus> {
  const { database } = readConfig(terminal.env)
  if (isPostgresAddress(database)) {
    return refuse(terminal, `SEKISHO_DATABASE is PostgreSQL: use ${tool}, as docs/operate.md says`)
  }
  try {
    await work(database)
    return done
  } catch (error) {
    const isOfSystem = error instanceof Error && ('syscall' in error || 'errcode' in error)
    if (!(error instanceof BackupFault || isOfSystem)) throw error
    return refuse(terminal, error.message)
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
