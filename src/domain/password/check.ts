import type { Asker, Deps } from '../deps.ts'

/** A hash of no account, with today's parameters: checking it takes as long as any other. */
const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$4jXWFFBZal7f4RjGU60uhA$Md/jgNxyATHC7K+MY/9qK6cDhMTgYZWTVbVtf8k+Tbo'

/** Whether a password is right. Without a hash the answer is false, after the same time (rule 17). */
export async function checkPassword(
  { hasher }: Pick<Deps, 'hasher'>,
  password: string,
  phc: string | undefined,
  asker: Asker,
): Promise<boolean> {
  const right = await hasher.verify(password, phc ?? dummyHash, asker)
  return right && phc !== undefined
}
