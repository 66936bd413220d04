// The settings, read once from the environment, checked (rule 31) and frozen.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { getPublicSuffix } from 'tldts'
import { hours, seconds } from '../kernel/clock.ts'
import { findAddressFault, goesUnencrypted } from '../kernel/db/address.ts'
import { readNetworks, type Networks } from '../kernel/http/networks.ts'
import { isLink } from '../kernel/links.ts'
import { longestHold } from '../limits/accounts.ts'
import { longestLogoutWithin } from '../limits/openid.ts'
import { helpTexts, replaceHelpTexts, type HelpCatalogue } from '../text/help/help-texts.ts'
import { readBrand, readSupport, type Brand, type Support } from './broker.ts'
import { readConsole, readDesk, type ConsoleConfig, type DeskConfig } from './console.ts'
import { ConfigError, read, readWholeNumber, required, type Environment } from './environment.ts'
import { readClosingsPath, readHashList } from './files.ts'
import {
  holdScopes,
  readStopWait,
  readTelephone,
  type HoldScope,
  type TelephoneConfig,
} from './life.ts'
import { findSmtpFault, smtpGoesUnencrypted } from './mail-address.ts'
import { readHost, readOrigin } from './places.ts'
import { readRetention, type Retention } from './retention.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import type { SettingName } from './settings.ts'

export interface Config {
  readonly origin: string
  readonly rpId: string
  readonly port: number
  readonly host: string
  /** Where operators are answered; null for nowhere. */
  readonly operations: { readonly port: number; readonly host: string } | null
  readonly console: ConsoleConfig
  readonly desk: DeskConfig
  /** Whether commands may do alone what opens an account. */
  readonly commands: 'all' | 'restricted'
  readonly database: string
  /** The file that remembers what has to stay closed after a restore; null for none. */
  readonly closings: string | null
  /** Whether PostgreSQL keeps statements under names. */
  readonly prepared: boolean
  /** Whether opening the database brings its schema up to date. */
  readonly migrates: boolean
  /** The first makes what the others open too. */
  readonly secrets: Secrets
  readonly trustedProxies: Networks
  readonly brand: Brand
  readonly support: Support
  readonly timeZone: string
  readonly holdMilliseconds: number
  /** What a hold covers, as applications read it. */
  readonly holdScope: HoldScope
  /** How long a stop stands before a code by e-mail lifts it. */
  readonly stopWaitMilliseconds: number
  /** Where the broker's telephone computer is answered; null for nowhere. */
  readonly telephone: TelephoneConfig | null
  /** The file of breached passwords' hashes; null for none. */
  readonly breachedPasswords: string | null
  readonly retention: Retention
  /** How long a client may take to answer a logout token. */
  readonly logoutMilliseconds: number
  readonly links: ReturnType<typeof readLinks>
  readonly helpTexts: HelpCatalogue
}

/** The mail server and sender; only a node that serves sends mails. */
export interface MailConfig {
  readonly smtpUrl: string
  readonly from: { readonly name: string; readonly address: string }
}

/** Reads the settings for mail; throws ConfigError. */
export function readMailConfig(env: Environment): MailConfig {
  return Object.freeze({
    smtpUrl: readSmtpUrl(env),
    from: readSender(required(env, 'SEKISHO_MAIL_FROM')),
  })
}

/** Reads all other settings; throws ConfigError for the first invalid one. */
export function readConfig(env: Environment): Config {
  const { origin, hostname } = readOrigin(env, 'SEKISHO_ORIGIN')
  const rpId = readRpId(read(env, 'SEKISHO_RP_ID'), hostname)
  const database = readDatabase(env)
  return Object.freeze({
    secrets: readSecrets(env),
    database,
    closings: readClosingsPath(read(env, 'SEKISHO_CLOSINGS'), database),
    prepared: readChoice(env, 'SEKISHO_POSTGRES_PREPARED', ['on', 'off']) === 'on',
    migrates: readChoice(env, 'SEKISHO_MIGRATE', ['auto', 'never']) === 'auto',
    origin,
    rpId,
    port: readWholeNumber(env, 'SEKISHO_PORT', 0, 65_535),
    host: readHost(env, 'SEKISHO_HOST'),
    operations: readOperations(env),
    console: readConsole(env, { origin, rpId }),
    desk: readDesk(env),
    commands: readCommands(env),
    trustedProxies: readProxies(env),
    brand: readBrand(env),
    support: readSupport(env),
    timeZone: readTimeZone(required(env, 'SEKISHO_TIME_ZONE')),
    holdMilliseconds: readHold(env, 'SEKISHO_HOLD_HOURS'),
    holdScope: readChoice(env, 'SEKISHO_HOLD_SCOPE', holdScopes),
    stopWaitMilliseconds: readStopWait(env),
    telephone: readTelephone(env),
    breachedPasswords: readHashList(env, 'SEKISHO_BREACHED_PASSWORDS'),
    logoutMilliseconds:
      readWholeNumber(env, 'SEKISHO_LOGOUT_SECONDS', 1, longestLogoutWithin / seconds) * seconds,
    retention: readRetention(env),
    links: readLinks(env),
    helpTexts: readHelpTexts(read(env, 'SEKISHO_HELP_TEXTS')),
  })
}

function readLinks(env: Environment) {
  return Object.freeze({
    terms: readOptionalLink(env, 'SEKISHO_LINK_TERMS'),
    faq: readLink(env, 'SEKISHO_LINK_FAQ'),
    precautions: readOptionalLink(env, 'SEKISHO_LINK_PRECAUTIONS'),
    manual: readLink(env, 'SEKISHO_LINK_MANUAL'),
    maintenance: readOptionalLink(env, 'SEKISHO_LINK_MAINTENANCE'),
    home: readOptionalLink(env, 'SEKISHO_LINK_HOME'),
    forgotten: readLink(env, 'SEKISHO_LINK_FORGOTTEN'),
    removal: readLink(env, 'SEKISHO_LINK_REMOVAL'),
    passkeyFaq: readLink(env, 'SEKISHO_LINK_PASSKEY_FAQ'),
    password: readLink(env, 'SEKISHO_LINK_PASSWORD'),
    security: readOptionalLink(env, 'SEKISHO_LINK_SECURITY'),
  })
}

function readRpId(value: string | null, host: string): string {
  if (value === null || value === host) return host
  const suffix = getPublicSuffix(value, { allowPrivateDomains: true })
  if (isIP(host) || !host.endsWith(`.${value}`) || suffix === null || suffix === value) {
    throw new ConfigError(
      'SEKISHO_RP_ID',
      'must be the host of SEKISHO_ORIGIN or a parent of it below a public suffix',
    )
  }
  return value
}

function readHold(env: Environment, name: SettingName): number {
  const length = Number(required(env, name)) * hours
  if (length > 0 && length <= longestHold) return length
  throw new ConfigError(name, `must be hours, up to ${longestHold / hours}`)
}

function readDatabase(env: Environment): string {
  const name = 'SEKISHO_DATABASE'
  const unencrypted = readUnencrypted(env)
  const address = required(env, name)
  const fault = findAddressFault(address)
  if (fault) throw new ConfigError(name, fault)
  if (goesUnencrypted(address) && !unencrypted.includes('database')) {
    throw new ConfigError(
      name,
      'needs ?sslmode=verify-full on a host that is not loopback, or SEKISHO_UNENCRYPTED=database to do without TLS',
    )
  }
  return address
}

/** Which commands there are to be, which is read before a command opens anything; throws ConfigError. */
export function readCommands(env: Environment): Config['commands'] {
  return readChoice(env, 'SEKISHO_COMMANDS', ['all', 'restricted'])
}

function readChoice<const C extends string>(
  env: Environment,
  name: SettingName,
  choices: readonly C[],
): C {
  const value = required(env, name)
  const chosen = choices.find((one) => one === value)
  if (chosen !== undefined) return chosen
  throw new ConfigError(name, `must be ${choices.join(' or ')}`)
}

function readSmtpUrl(env: Environment): string {
  const name = 'SEKISHO_SMTP_URL'
  const unencrypted = readUnencrypted(env)
  const value = required(env, name)
  const fault = findSmtpFault(value)
  if (fault) throw new ConfigError(name, fault)
  if (smtpGoesUnencrypted(value) && !unencrypted.includes('mail')) {
    throw new ConfigError(
      name,
      'needs smtps:// or ?requireTLS=true on a host that is not loopback, or SEKISHO_UNENCRYPTED=mail to do without TLS',
    )
  }
  return value
}

type Unencrypted = 'database' | 'mail'

/** The connections that may go without TLS. Unknown words are refused at once. */
function readUnencrypted(env: Environment): readonly Unencrypted[] {
  const words = (read(env, 'SEKISHO_UNENCRYPTED') ?? '').split(',').map((one) => one.trim())
  const known = words.filter((one): one is Unencrypted => one === 'database' || one === 'mail')
  if (known.length === words.filter((one) => one !== '').length) return known
  throw new ConfigError('SEKISHO_UNENCRYPTED', 'must be database, mail, or both with a comma')
}

function readOperations(env: Environment): Config['operations'] {
  const host = readHost(env, 'SEKISHO_OPERATIONS_HOST')
  if (read(env, 'SEKISHO_OPERATIONS_PORT') === null) return null
  const port = readWholeNumber(env, 'SEKISHO_OPERATIONS_PORT', 0, 65_535)
  return Object.freeze({ port, host })
}

function readSender(value: string): MailConfig['from'] {
  const [, name, within, alone] =
    /^(?:([^<>\p{Cc}]*?)\s*<([^\s<>@,]+@[^\s<>@,]+)>|([^\s<>@,]+@[^\s<>@,]+))$/u.exec(
      value.trim(),
    ) ?? []
  const address = within ?? alone
  if (!address) {
    throw new ConfigError('SEKISHO_MAIL_FROM', 'must be an address, or Name <address>')
  }
  return Object.freeze({ name: name ?? '', address })
}

function readProxies(env: Environment): Networks {
  const list = read(env, 'SEKISHO_TRUSTED_PROXIES') ?? ''
  const networks = /[^0-9a-f:./, ]/i.test(list) ? null : readNetworks(list)
  if (networks) return networks
  throw new ConfigError('SEKISHO_TRUSTED_PROXIES', 'must be CIDRs such as 10.0.0.0/8, fd00::/8')
}

function readTimeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    throw new ConfigError('SEKISHO_TIME_ZONE', 'must be a zone such as Asia/Tokyo')
  }
}

/** A link that is there unless the settings name another: its setting has a default. */
function readLink(env: Environment, name: SettingName): string {
  const value = required(env, name)
  if (isLink(value)) return value
  throw new ConfigError(name, 'must be an address such as https://www.example.jp/help')
}

function readOptionalLink(env: Environment, name: SettingName): string | null {
  return read(env, name) === null ? null : readLink(env, name)
}

function readHelpTexts(path: string | null): HelpCatalogue {
  if (path === null) return helpTexts
  const replaced = replaceHelpTexts(readJson('SEKISHO_HELP_TEXTS', path))
  if ('texts' in replaced) return replaced.texts
  throw new ConfigError('SEKISHO_HELP_TEXTS', `in ${path}: ${replaced.fault}`)
}

function readJson(name: SettingName, path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (cause) {
    throw new ConfigError(name, `names a file that cannot be read as JSON (${String(cause)})`)
  }
}
