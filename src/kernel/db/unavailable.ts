/**
 * PostgreSQL: no connection (08…), deadlock (40…), no resources (53…), a lock or a statement that took
 * too long (55P03, 57014), shutting down (57P…), a disk that fails (58030), idle in a transaction for
 * too long (25P03), a host that takes no writes (25006), and what an administrator has taken away and may
 * give back: the sign-in (28000, 28P01), the database (3D000), a right (42501). A missing table (42P01)
 * is none of these: it would hide a fault of ours, and does not come back by itself.
 */
const postgresStates = /^(08|40|53|57P)|^(25006|25P03|28000|28P01|3D000|42501|55P03|57014|58030)$/
/** The system's codes for a failed connection, or for having no handle left for one. */
const systemCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EMFILE', 'ENFILE'],
])
/** Errors of pg and its pool that have no code. The rollback that follows one may hit the dead client. */
const driverMessages = new RegExp(
  [
    '^Connection terminated',
    '^timeout e(xpired|xceeded when trying to connect)$',
    '^Query read timeout$',
    '^Client (has encountered a connection error|was closed) and is not queryable$',
    '^Cannot use a pool after calling end',
    'is a standby$',
  ].join('|'),
)
/**
 * SQLite: rolled back with another one 4, busy 5, locked 6, no memory 7, read-only 8, I/O error 10, full 13,
 * cannot open 14.
 */
const sqliteCodes = new Set([4, 5, 6, 7, 8, 10, 13, 14])

/** Whether the database is to blame, not the request: the same request may succeed a moment later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return sqliteCodes.has(errcode & 0xff)
  if (isOutdatedStatement(error)) return true
  if (typeof code === 'string') return systemCodes.has(code) || postgresStates.test(code)
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  return driverMessages.test(error.message)
}

/** Whether PostgreSQL ended a statement as others kept what it needed, or waited for what it had. */
export function isHeldUp(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '55P03' || code === '40P01'
}

/** States in which only an administrator changes something. */
const lastingStates = /^(28|3D000|42501)/

/**
 * Whether a failed connection is worth another try within the same request: while a standby is promoted or
 * a server starts. At the start of a node, a host that is away is none: it would be waited for in silence.
 */
export function passesByItself(error: unknown, isStarting: boolean): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (/ is a standby$/.test(String(message)) || /^57P/.test(String(code))) return true
  return !isStarting && isUnavailable(error) && !lastingStates.test(String(code))
}

/**
 * Whether PostgreSQL no longer runs a statement as it was prepared: a migration has changed what it
 * answers, or the connection does not know it, or knows it from another node behind the same pooler.
 */
export function isOutdatedStatement(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown }
  if (code === '26000' || code === '42P05') return true
  return code === '0A000' && routine === 'RevalidateCachedQuery'
}
