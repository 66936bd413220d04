// The cost of checking a password: argon2id with the parameters of the OWASP cheat sheet.
import type { Options } from '@node-rs/argon2'

export const argon2id: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Whether a PHC string was made with other parameters than today's and should be renewed. */
export function isOutdated(phc: string): boolean {
  const { memoryCost, timeCost, parallelism } = argon2id
  return !phc.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`)
}
