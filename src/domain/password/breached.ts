import { createHash } from 'node:crypto'
import { isInHashList } from '../../kernel/hash-list.ts'
import type { Config } from '../../settings/config.ts'

/**
 * Whether a password stands on the list of breached ones that the settings name; never without a list. Throws
 * where the list cannot be read.
 */
export async function isBreached(
  { config }: { readonly config: Pick<Config, 'breachedPasswords'> },
  password: string,
): Promise<boolean> {
  const list = config.breachedPasswords
  if (list === null) return false
  // The form in which such lists are published, which protects nothing.
  return isInHashList(list, createHash('sha1').update(password, 'utf8').digest('hex'))
}
