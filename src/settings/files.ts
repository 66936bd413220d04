// Settings that name a file of a node's own: what cannot be used later is refused now.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { isPostgresAddress } from '../kernel/db/address.ts'
import { findHashListFault } from '../kernel/hash-list.ts'
import { ConfigError, read, type Environment } from './environment.ts'
import type { SettingName } from './settings.ts'

/** Its folder has to be there: what is closed later must not find out that it cannot be kept. */
export function readClosingsPath(path: string | null, database: string): string | null {
  if (path === null) return isPostgresAddress(database) ? null : `${database}.closings`
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
  } catch {
    throw new ConfigError('SEKISHO_CLOSINGS', 'names a file that cannot be written')
  }
  return path
}

/** A file that a node will read. */
export function readPath(env: Environment, name: SettingName): string | null {
  const path = read(env, name)
  if (path === null) return null
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new ConfigError(name, 'names a file that cannot be read')
  }
  return path
}

/** A list of hashes that a node will search. */
export function readHashList(env: Environment, name: SettingName): string | null {
  const path = readPath(env, name)
  const fault = path === null ? null : findHashListFault(path)
  if (fault === null) return path
  throw new ConfigError(name, `names a file that ${fault}`)
}
