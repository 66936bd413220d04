// SEKISHO_DATABASE accepts only an unmistakable path or an unmistakable PostgreSQL URL. A typing error
// in a URL would otherwise become the name of a new SQLite file, password included.
import { isLoopback } from '../loopback.ts'
import { isHostName, readWrittenUrl } from '../written-url.ts'

/** Letters of any script, digits, and the few signs that occur in paths but not in server URLs. */
const pathSigns = /^[\p{L}\p{M}\p{N}/._+() @-]+$/u
const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/** Whether a valid address is a PostgreSQL URL; any other is a path. */
export function isPostgresAddress(address: string): boolean {
  return /^postgres(ql)?:\/\//.test(address)
}

/** One address for each host of `postgres://user@one:5432,two/name`. */
export function hostAddresses(address: string): string[] {
  const [, start = '', hosts = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(address) ?? []
  return hosts.split(',').map((host) => start + host + rest)
}

/**
 * An address as its driver takes it without a warning: for the driver these modes are `verify-full`, but in
 * its compatible mode.
 */
export function driverAddress(address: string): string {
  if (/[?&]uselibpqcompat=/.test(address)) return address
  return address.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
}

/** The fault of a database address, or null. Never quotes the address: it may hold a password. */
export function findAddressFault(address: string): string | null {
  if (!isPostgresAddress(address)) {
    if (isPlainPath(address)) return null
    return 'must be a path such as data/sekisho.sqlite, or postgres://user:password@host/name'
  }
  if (hostAddresses(address).every(isPlainUrl)) return null
  return 'must be postgres://user:password@host:port/name, where signs such as @ : / ? # % in a user or password are written as %40 and so on'
}

/** Whether an attacker on the network could read or imitate the database: TLS is absent or unverified. */
export function goesUnencrypted(address: string): boolean {
  if (!isPostgresAddress(address)) return false
  return hostAddresses(address).some((one) => {
    const url = readWrittenUrl(one)
    const host = url?.options.get('host') ?? url?.hostname ?? ''
    if (isLoopback(host) || isSocketFolder(host)) return false
    return !/^verify-(full|ca)$/.test(url?.options.get('sslmode') ?? '')
  })
}

/** Endings of SQLite files; a relative name with another ending could be a host. */
const databaseFile = /.\.(?:sqlite3?|db3?|data)$/iu

function isPlainPath(address: string): boolean {
  if (!pathSigns.test(address) || address.trim() !== address || address.includes('//')) return false
  const name = address.split('/').at(-1) ?? ''
  if (/^\.*$/.test(name)) return false
  if (/^\.{0,2}\//.test(address)) return true
  // A relative path must not look like a host, a user or a database name.
  return !/@|^[-+]|^postgres/i.test(address) && databaseFile.test(name)
}

function isPlainUrl(address: string): boolean {
  const url = readWrittenUrl(address)
  if (!url || !/^\/?[^/@:]*$/.test(url.pathname)) return false
  const { hostname, options } = url
  const sslMode = options.get('sslmode')
  if (sslMode !== undefined && !sslModes.includes(sslMode)) return false
  // Without a host the driver would take PGHOST from the environment.
  if (options.has('host')) return hostname === '' && isHost(options.get('host') ?? '')
  return isHost(hostname)
}

function isHost(host: string): boolean {
  return isHostName(host) || isSocketFolder(host)
}

function isSocketFolder(host: string): boolean {
  return /^(\/|%2f)[^@:?#]*$/i.test(host)
}
