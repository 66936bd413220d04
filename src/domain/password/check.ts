// Checking a password: argon2id with the parameters of the OWASP cheat sheet.
import type { Options } from '@node-rs/argon2'
import type { Asker, Deps } from '../deps.ts'

export const argon2id = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const satisfies Options

/** What a PHC string of today's parameters begins with. */
const head = `$argon2id$v=19$m=${argon2id.memoryCost},t=${argon2id.timeCost},p=${argon2id.parallelism}$`

/** A hash of no account: checking it takes as long as any other. */
const dummyHash = `${head}4jXWFFBZal7f4RjGU60uhA$Md/jgNxyATHC7K+MY/9qK6cDhMTgYZWTVbVtf8k+Tbo`

/** Whether a PHC string was made with other parameters than today's and should be renewed. */
export function isOutdated(phc: string): boolean {
  return !phc.startsWith(head)
}

/**
 * Whether a password is right. Without a hash the answer is false, after the same time (rule 17); an empty one is that
 * of an account whose holder has not set a password yet.
 */
export async function checkPassword(
  { hasher }: Pick<Deps, 'hasher'>,
  password: string,
  phc: string | undefined,
  asker: Asker,
): Promise<boolean> {
  const kept = phc === '' ? undefined : phc
  const right = await hasher.verify(password, kept ?? dummyHash, asker)
  return right && kept !== undefined
}
