// What a record is given under is held while the record is written.
import type { Tx } from '../tables/tables.ts'

/**
 * Holds a live session, or a grant with its session, against its end, and returns the session's id; null when
 * one of them has gone.
 */
export type Hold = (owner: Owner) => Promise<string | null>

interface Owner {
  readonly sessionId?: string | null
  readonly grantHash?: string | undefined
}

/** Holds each session and grant for a transaction, and asks for each once. */
export function holder(tx: Tx): Hold {
  const held = new Map<string, Promise<string | null>>()
  return ({ sessionId, grantHash }) => {
    const owner = grantHash ?? sessionId ?? ''
    const id = held.get(owner) ?? holdSession(tx, owner, grantHash)
    held.set(owner, id)
    return id
  }
}

async function holdSession(tx: Tx, owner: string, grantHash?: string): Promise<string | null> {
  const live = tx.selectFrom('sessions').select('sessions.id').forNoKeyUpdate()
  const found =
    grantHash === undefined
      ? live.where('sessions.id', '=', owner)
      : live
          .innerJoin('oidc_records', 'oidc_records.session_id', 'sessions.id')
          .where('oidc_records.kind', '=', 'Grant')
          .where('oidc_records.id_hash', '=', grantHash)
  return (await found.executeTakeFirst())?.id ?? null
}
