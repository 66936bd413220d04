// Statements whose results nobody reads, so that nobody has to wait for them.
import type { Compilable, Transaction } from 'kysely'

/** A statement is known by its list of values: the one thing that reaches the driver as it was made. */
const unread = new WeakSet<readonly unknown[]>()

/**
 * Runs a statement in a transaction. On PostgreSQL it leaves together with what follows, and what is wrong
 * with it is thrown by the commit.
 */
export async function runUnread(
  tx: Pick<Transaction<unknown>, 'executeQuery'>,
  query: Compilable,
): Promise<void> {
  const compiled = query.compile()
  unread.add(compiled.parameters)
  await tx.executeQuery(compiled)
}

export function isUnread(values: readonly unknown[]): boolean {
  return unread.has(values)
}
