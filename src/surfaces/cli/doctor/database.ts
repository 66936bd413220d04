// The database: every host of it, and what Sekisho needs of it.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { openDatabase } from '../../../domain/tables/database.ts'
import {
  clockAhead,
  closedTables,
  fitsSecret,
  isStandby,
  mayMakeTables,
  missingIndexes,
  pooling,
  replication,
  schemaState,
  takesWrites,
} from '../../../domain/tables/inspect.ts'
import { seconds } from '../../../kernel/clock.ts'
import { hostAddresses, isPostgresAddress } from '../../../kernel/db/address.ts'
import { openAsker, type Asker } from '../../../kernel/db/asker.ts'
import { deriveKeys } from '../../../kernel/secrets.ts'
import type { Config } from '../../../settings/config.ts'
import { databaseFault } from '../../../settings/faults.ts'
import { lookAtDesk } from './desk.ts'
import { reasonOf, type Check, type Finding } from './finding.ts'

type Facts = Pick<Config, 'database' | 'secrets' | 'prepared'>

export function databaseCheck(config: Facts): Check {
  return {
    name: 'database',
    run: () => (isPostgresAddress(config.database) ? lookAtHosts(config) : lookAtFile(config)),
  }
}

async function lookAtFile(config: Facts): Promise<Finding[]> {
  if (!existsSync(config.database)) return [beforeItsStart(config.database)]
  try {
    await using asker = await openAsker(config.database)
    return [reached('the file opens'), ...(await lookInside(asker, config))]
  } catch (error) {
    return [unreachable(error)]
  }
}

function beforeItsStart(path: string): Finding {
  let folder = dirname(resolve(path))
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    accessSync(folder, constants.W_OK)
    return reached('the file is not there yet: the start makes it')
  } catch (error) {
    return unreachable(error)
  }
}

/** The hosts by number, as an address may hold a password. */
async function lookAtHosts(config: Facts): Promise<Finding[]> {
  const addresses = hostAddresses(config.database)
  const hosts = await Promise.all(
    addresses.map(async (address, index) => {
      const host = addresses.length === 1 ? 'the server' : `host ${index + 1}`
      try {
        await using asker = await openAsker(address)
        if (await isStandby(asker)) return [reached(`${host} answers: a standby`)]
        return [
          reached(`${host} answers, and is the primary`),
          ...(await lookAtPrimary(asker, address, config)),
        ]
      } catch (error) {
        return [unreachable(error, host)]
      }
    }),
  )
  const findings = hosts.flat()
  if (findings.some(({ check }) => check === 'database writes')) return findings
  return [
    ...findings,
    {
      check: 'database writes',
      state: 'fault',
      says: 'no host takes writes',
      cure: 'promote a standby, or start the primary',
    },
  ]
}

async function lookAtPrimary(asker: Asker, address: string, config: Facts): Promise<Finding[]> {
  await using other = await openAsker(address)
  const inside = await lookInside(asker, config)
  return [
    ...inside,
    await lookAtStandbys(asker),
    await lookAtClock(asker),
    await lookAtPooler(asker, other, config),
  ]
}

async function lookInside(asker: Asker, config: Facts): Promise<Finding[]> {
  const { due, unknown } = await schemaState(asker)
  const findings = [
    await lookAtWrites(asker),
    await lookAtRights(asker, due.length > 0),
    schema(due, unknown),
  ]
  const fits = await fitsSecret(asker, deriveKeys(...config.secrets))
  if (fits === false) {
    findings.push({
      check: 'database secret',
      state: 'fault',
      says: 'SEKISHO_SECRET is not the one that this database was made with',
      cure: 'set the secret that was in force when it was made',
    })
  }
  if (due.length === 0) findings.push(await lookAtIndexes(asker), ...(await lookAtDesk(asker)))
  return findings
}

async function lookAtWrites(asker: Asker): Promise<Finding> {
  const check = 'database writes'
  const cure =
    'find out why: a full disk, a standby, default_transaction_read_only, or the modes of the file'
  try {
    if (await takesWrites(asker)) return { check, state: 'ok', says: 'it takes writes' }
    return { check, state: 'fault', says: 'it is read-only', cure }
  } catch (error) {
    const says = databaseFault(error)?.message ?? reasonOf(error)
    return { check, state: 'fault', says, cure }
  }
}

async function lookAtRights(asker: Asker, isDue: boolean): Promise<Finding> {
  const check = 'database rights'
  const closed = await closedTables(asker)
  if (closed.length > 0) {
    const cure = 'grant select and insert on them to the user of SEKISHO_DATABASE'
    return { check, state: 'fault', says: `the user may not use ${closed.join(', ')}`, cure }
  }
  if (isDue && !(await mayMakeTables(asker))) {
    const cure = 'run migrate as a user who may, or grant create on the schema'
    return { check, state: 'fault', says: 'the user may not make the tables that are due', cure }
  }
  return { check, state: 'ok', says: 'the user may use every table' }
}

function schema(due: readonly string[], unknown: readonly string[]): Finding {
  const check = 'database version'
  if (unknown.length > 0) {
    const cure = 'run that version, or restore the backup of before'
    return {
      check,
      state: 'fault',
      says: `a later version has migrated it: ${unknown.join(', ')}`,
      cure,
    }
  }
  if (due.length === 0) return { check, state: 'ok', says: 'the tables are those of this version' }
  const cure = 'npm run sekisho -- migrate'
  return { check, state: 'warning', says: `${due.length} steps are due, from ${due[0]}`, cure }
}

async function lookAtIndexes(asker: Asker): Promise<Finding> {
  const check = 'database indexes'
  const missing = await missingIndexes(asker, async (address) => {
    const db = await openDatabase({ address, keys: deriveKeys(address), use: 'either' })
    await db.destroy()
  })
  if (missing.length === 0) return { check, state: 'ok', says: 'all are there' }
  const cure = 'make them again, as the migrations do; restore a backup where they were damaged'
  return { check, state: 'fault', says: `missing or damaged: ${missing.join(', ')}`, cure }
}

async function lookAtStandbys(asker: Asker): Promise<Finding> {
  const check = 'replication'
  const { standbys, awaited, isSynchronous } = await replication(asker)
  if (awaited === 0 && isSynchronous) {
    const cure =
      'bring a standby back, and look whether its cluster_name stands in synchronous_standby_names: no commit ends without one'
    const says = 'it is synchronous, and none of those is connected that commits wait for'
    return { check, state: 'fault', says, cure }
  }
  if (standbys === 0) {
    const cure = 'connect one, unless a restore from a backup is soon enough'
    return { check, state: 'warning', says: 'no standby is connected', cure }
  }
  if (isSynchronous) {
    return { check, state: 'ok', says: `synchronous, with ${awaited} connected` }
  }
  const cure =
    'set synchronous_standby_names, or treat a failover as a restore: run restore after it'
  return {
    check,
    state: 'warning',
    says: `asynchronous, with ${standbys} connected: a failover loses what came last, and sessions that had ended live again`,
    cure,
  }
}

async function lookAtClock(asker: Asker): Promise<Finding> {
  const check = 'clock'
  const ahead = await clockAhead(asker)
  const apart = `${(Math.abs(ahead) / seconds).toFixed(1)} seconds`
  const cure = 'keep both in step by NTP'
  if (Math.abs(ahead) < 2 * seconds) {
    return { check, state: 'ok', says: "in step with the database's" }
  }
  const state = Math.abs(ahead) < 30 * seconds ? 'warning' : 'fault'
  return {
    check,
    state,
    says: `${apart} ${ahead > 0 ? 'behind' : 'ahead of'} the database's`,
    cure,
  }
}

async function lookAtPooler(first: Asker, other: Asker, { prepared }: Facts): Promise<Finding> {
  const check = 'pooler'
  const found = await pooling(first, other)
  if (found === 'none') return { check, state: 'ok', says: 'none in between' }
  if (found === 'session' || !prepared) {
    return {
      check,
      state: 'ok',
      says: `one in ${found} mode, and SEKISHO_POSTGRES_PREPARED fits it`,
    }
  }
  const cure = 'set SEKISHO_POSTGRES_PREPARED=off, unless the pooler keeps prepared statements'
  return {
    check,
    state: 'warning',
    says: 'one in transaction mode, and statements are prepared',
    cure,
  }
}

function reached(says: string): Finding {
  return { check: 'database', state: 'ok', says }
}

function unreachable(error: unknown, host?: string): Finding {
  const why = databaseFault(error)?.message ?? `SEKISHO_DATABASE: ${reasonOf(error)}`
  const says = host === undefined || host === 'the server' ? why : `${host}: ${why}`
  return { check: 'database', state: 'fault', says, cure: 'mend what it names, and try again' }
}
