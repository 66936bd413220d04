/** PostgreSQL: no connection (08…), no resources (53…), shutting down (57P…), writing not allowed. */
const postgresStates = /^(08|53|57P)|^25006$/
const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
])
/** SQLite: busy (5), I/O error (10), disk full (13), cannot open (14). */
const sqliteCodes = new Set([5, 10, 13, 14])

/** Whether the database failed us, not the request: the same request may succeed a moment later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return sqliteCodes.has(errcode & 0xff)
  if (typeof code === 'string') return systemCodes.has(code) || postgresStates.test(code)
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  return /^(Connection terminated|timeout exceeded when trying to connect)|is a standby$/.test(
    error.message,
  )
}
