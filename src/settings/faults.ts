// What is in the way of a start although the settings are well written: one row for each fault, with the
// setting that leads to it.
import { ConfigError } from './environment.ts'
import type { SettingName } from './settings.ts'

/** A code of PostgreSQL, of the system or of TLS; `sqlite 14`; or what an error without a code says. */
type Sign = string | RegExp

interface Fault {
  readonly signs: readonly Sign[]
  readonly says: string
  /** Whether the error's own words are told: they name what is meant, and nothing secret. */
  readonly isTold?: true
}

const databaseFaults: readonly Fault[] = [
  {
    signs: ['28P01', '28000', /^SASL: .*password must be/],
    says: 'the server refuses this user, its password, or where it comes from',
  },
  { signs: ['3D000'], says: 'the server has no database of this name: create it' },
  {
    signs: ['42501', '3F000'],
    says: 'the user lacks a right in the database: give it those that operate.md names',
    isTold: true,
  },
  {
    signs: [/^The server does not support SSL connections$/, /establishing an SSL connection$/],
    says: 'the server speaks no TLS: switch it on there, or say sslmode=disable',
  },
  {
    signs: [/^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/, 'ERR_SSL_WRONG_VERSION'],
    says: "the server's certificate is not trusted, or is not of this host: name the authority's by sslrootcert",
  },
  { signs: ['ECONNREFUSED'], says: 'nothing listens at the host and port' },
  {
    signs: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
    says: 'the name of the host cannot be resolved',
  },
  {
    signs: [
      ...['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE'],
      ...[/^timeout e/, /^Query read timeout$/, /^Connection terminated/],
    ],
    says: 'the host does not answer in time, or breaks off',
  },
  { signs: ['53300'], says: 'the server takes no more connections' },
  { signs: [/^57P/], says: 'the server is starting or shutting down' },
  {
    signs: ['25006', / is a standby$/],
    says: 'no host takes writes: each is a standby or read-only',
  },
  {
    signs: [/^corrupted migrations: previously executed migration \S+ is missing/],
    says: 'a later version of Sekisho has migrated this database: start that one, or restore the backup of before',
  },
  { signs: ['EISDIR'], says: 'is a folder: name a file in it' },
  {
    signs: ['EACCES', 'EPERM', 'EROFS', 'sqlite 8', 'sqlite 14'],
    says: 'the file or its folder belongs to another system user, or may not be written',
  },
  {
    signs: ['ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG'],
    says: 'there can be no file at this path, or a file that is named behind the ? is missing',
  },
  { signs: ['ENOSPC', 'EDQUOT', 'sqlite 13', '53100'], says: 'the disk is full' },
  { signs: ['sqlite 5', '55P03', '40P01'], says: 'another process keeps it for itself' },
  {
    signs: ['sqlite 26', 'sqlite 11'],
    says: 'is no SQLite database, or a damaged one: restore a backup',
  },
]

const portFaults: readonly Fault[] = [
  { signs: ['EADDRINUSE'], says: 'another process listens there' },
  {
    signs: ['EACCES', 'EPERM'],
    says: 'this system user may not listen there: take a port from 1024 on',
  },
]

const hostFaults: readonly Fault[] = [
  {
    signs: ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EAFNOSUPPORT'],
    says: 'is no address of this machine',
  },
]

/** What is wrong with the database that the settings name; null for an error that is no fault of theirs. */
export function databaseFault(error: unknown): ConfigError | null {
  return find(databaseFaults, 'SEKISHO_DATABASE', error)
}

/** Why a server cannot listen; null for an error that is not the settings'. */
export function listeningFault(
  error: unknown,
  names: { readonly port: SettingName; readonly host: SettingName },
): ConfigError | null {
  return find(portFaults, names.port, error) ?? find(hostFaults, names.host, error)
}

function find(faults: readonly Fault[], setting: SettingName, error: unknown): ConfigError | null {
  if (error instanceof ConfigError) return error
  if (!(error instanceof Error)) return null
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  const sign = typeof errcode === 'number' ? `sqlite ${errcode & 0xff}` : code
  const shown = typeof sign === 'string' ? sign : error.message
  const fits = (one: Sign) => (typeof one === 'string' ? one === shown : one.test(shown))
  const fault = faults.find(({ signs }) => signs.some(fits))
  if (!fault) return null
  const detail = fault.isTold ? `${shown}: ${error.message}` : shown
  return new ConfigError(setting, `${fault.says} (${detail})`, error)
}
