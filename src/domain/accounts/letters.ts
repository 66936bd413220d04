// Activation codes that lie sealed until they are handed out, once: to the export of letters, or to who asked for one
// at the desk (rule 43). Whoever comes first takes the only copy away.
import { hashToken, type Keys } from '../../kernel/secrets.ts'
import { batchSize } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { wipeSealed } from './store.ts'

/** A code that waits, with what an envelope needs. */
interface SealedLetter {
  readonly id: string
  readonly loginId: string
  readonly displayName: string
  readonly sealed: string
  readonly until: number
}

/** The code that was sealed for an account, as it is shown. */
export function openLetter(keys: Keys, accountId: string, sealed: string): string {
  return keys.unseal('letter', accountId, sealed)
}

/** What tells the sealed code of an account from any other; null when it was handed out, or has ended. */
export async function selectMark(db: Database | Tx, accountId: string): Promise<string | null> {
  const { sealed = null } = (await sealedOf(db, accountId).executeTakeFirst()) ?? {}
  return sealed === null ? null : hashToken(sealed)
}

/** Takes the sealed code of a held account with this mark away, and no other; null when it is gone. */
export async function takeSealed(tx: Tx, accountId: string, mark: string): Promise<string | null> {
  const { sealed = null } = (await sealedOf(tx, accountId).executeTakeFirst()) ?? {}
  if (sealed === null || hashToken(sealed) !== mark) return null
  await wipeSealed(tx, [accountId])
  return sealed
}

function sealedOf(db: Database | Tx, accountId: string) {
  return db.selectFrom('accounts').select('activation_sealed as sealed').where('id', '=', accountId)
}

/** Takes a batch of the sealed codes away, of which some may have ended; of two who export at once each gets others. */
export async function takeLetters(tx: Tx): Promise<readonly SealedLetter[]> {
  const letters = await tx
    .selectFrom('accounts')
    .select([
      ...(['id', 'login_id as loginId', 'display_name as displayName'] as const),
      ...(['activation_sealed as sealed', 'activation_until as until'] as const),
    ])
    // Not only "is not null": SQLite would look through all accounts.
    .where('activation_sealed', '>', '')
    .where('id', 'in', (of) =>
      of
        .selectFrom('accounts')
        .select('id')
        .where('activation_sealed', '>', '')
        .orderBy('activation_sealed')
        .limit(batchSize),
    )
    // They are held in the order in which others hold several.
    .orderBy('id')
    .forNoKeyUpdate()
    .$narrowType<{ sealed: string; until: number }>()
    .execute()
  if (letters.length > 0) {
    await wipeSealed(
      tx,
      letters.map(({ id }) => id),
    )
  }
  return letters
}

/** When the last activation code ends that is good at `now`; null where none is. */
export async function selectLastActivation(tx: Tx, now: number): Promise<number | null> {
  const row = await tx
    .selectFrom('accounts')
    .select('activation_until as until')
    .where('activation_until', '>', now)
    .orderBy('activation_until', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.until ?? null
}
