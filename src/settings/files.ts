// Settings that name a file of a node's own: what cannot be used later is refused now.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { isPostgresAddress } from '../kernel/db/address.ts'
import { ConfigError } from './environment.ts'

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

/** A picture that a node will read. */
export function readLogo(path: string | null): string | null {
  if (path === null) return null
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new ConfigError('SEKISHO_BRAND_LOGO', 'names a file that cannot be read')
  }
  return path
}
