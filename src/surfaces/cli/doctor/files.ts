// Files: who may read them, and how much room there is.
import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isPostgresAddress } from '../../../kernel/db/address.ts'
import type { Config } from '../../../settings/config.ts'
import type { Environment } from '../../../settings/environment.ts'
import { settings, type Setting } from '../../../settings/settings.ts'
import type { Check, Finding } from './finding.ts'

const megabyte = 1024 * 1024
/** Below these a disk is full soon, or now. */
const [scarce, full] = [1024 * megabyte, 100 * megabyte]

export function filesCheck({ database }: Pick<Config, 'database'>, env: Environment): Check {
  const isFile = !isPostgresAddress(database)
  const secrets = settings
    .filter((one: Setting) => one.secret)
    .flatMap(({ name }) => env[`${name}_FILE`] ?? [])
  const own = isFile ? [database, `${database}-wal`, `${database}-shm`] : []
  return {
    name: 'files',
    async run() {
      const closed = [...secrets, ...own].filter((path) => existsSync(path)).map(mode)
      return [...closed, room(isFile ? database : '.')]
    },
  }
}

function mode(path: string): Finding {
  const { mode } = statSync(path)
  const check = 'file modes'
  if ((mode & 0o007) === 0) return { check, state: 'ok', says: `${path} is closed to others` }
  const says = `${path} is open to every system user (${(mode & 0o777).toString(8)})`
  return { check, state: 'fault', says, cure: `chmod o= ${path}` }
}

function room(path: string): Finding {
  let folder = resolve(path)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const says = `${Math.round(free / megabyte)} MB are free at ${folder}`
  const check = 'free disk'
  if (free >= scarce) return { check, state: 'ok', says }
  const cure = 'make room: a full disk is 503 to everybody'
  return { check, state: free < full ? 'fault' : 'warning', says, cure }
}
