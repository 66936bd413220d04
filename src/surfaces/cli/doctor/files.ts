// Files: who may read them, and how much room there is.
import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isPostgresAddress } from '../../../kernel/db/address.ts'
import { isShared } from '../../../kernel/db/private-file.ts'
import type { Config } from '../../../settings/config.ts'
import type { Environment } from '../../../settings/environment.ts'
import { settings, type Setting } from '../../../settings/settings.ts'
import type { Check, Finding } from './finding.ts'

const megabyte = 1024 * 1024
/** Below these a disk is full soon, or now. */
const [scarce, full] = [1024 * megabyte, 100 * megabyte]

export function filesCheck(
  { database, closings }: Pick<Config, 'database' | 'closings'>,
  env: Environment,
): Check {
  const isFile = !isPostgresAddress(database)
  const secrets = settings
    .filter((one: Setting) => one.secret)
    .flatMap(({ name }) => env[`${name}_FILE`] ?? [])
  const own = isFile ? ['', '-wal', '-shm'].map((end) => database + end) : []
  return {
    name: 'files',
    async run() {
      const there = [...own, closings ?? []].flat().filter((path) => existsSync(path))
      const closed = [...secrets, ...there].filter((path) => existsSync(path)).map(mode)
      const beside = there.filter((path) => isFile && dirname(path) === dirname(database))
      const sharing = beside.length > 0 ? shareIn(dirname(database), beside) : []
      return [...closed, ...sharing, room(isFile ? database : '.')]
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

/** What is wrong with a folder, and in the way of those who share it. */
function shareIn(folder: string, files: readonly string[]): readonly Finding[] {
  const check = 'file modes'
  const { mode, gid } = statSync(folder)
  if ((mode & 0o002) !== 0) {
    const says = `every system user may put other files into ${folder}`
    return [{ check, state: 'fault', says, cure: `chmod o= ${folder}` }]
  }
  if (isShared(folder)) {
    return files.filter(isClosedTo(gid)).map((path) => {
      const says = `${path} is not for the group that shares ${folder}`
      const cure = `chgrp --reference=${folder} ${path} && chmod 660 ${path}`
      return { check, state: 'fault', says, cure }
    })
  }
  if ((mode & 0o020) === 0) return []
  const says = `a group may write in ${folder}, but what is made there is not the group's`
  return [{ check, state: 'warning', says, cure: `chmod g+s ${folder}, or chmod g-w` }]
}

function isClosedTo(group: number): (path: string) => boolean {
  return (path) => {
    const { mode, gid } = statSync(path)
    return gid !== group || (mode & 0o060) !== 0o060
  }
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
