import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  idTokenAlgorithms,
  secretMethods,
  type Client,
  type ClientSettings,
} from '../../domain/clients/client.ts'
import { findClient, selectClients } from '../../domain/clients/store.ts'
import { addClient, changeClient, removeClient } from '../../operations/clients.ts'
import {
  done,
  readOptions,
  refuse,
  systemUser,
  UsageError,
  withDatabase,
  type Command,
  type CommandDeps,
  type ExitStatus,
  type Terminal,
} from './command.ts'

const addresses = '[--post-logout-redirect-uri URI …] [--backchannel-logout-uri URI]'
const ways = `[--id-token-alg ${idTokenAlgorithms.join('|')}] [--auth-method ${secretMethods.join('|')}]`
const takenAway = '[--no-post-logout-redirect-uri] [--no-backchannel-logout-uri]'
const files = '[--jwks-file PATH] [--logo-file PATH] [--third-party]'

export const add: Command = {
  usage: `--name NAME --kind web|native|fapi --redirect-uri URI … ${addresses} ${ways} ${files}`,
  async run(args, terminal) {
    const values = readClientOptions(args, addOptions)
    const { name, kind } = values
    if (name === undefined || kind === undefined) throw new UsageError('missing: --name --kind')
    if (kind !== 'web' && kind !== 'native' && kind !== 'fapi') {
      throw new UsageError('--kind is web, native or fapi')
    }
    const settings = { ...noSettings, ...readSettings(values) }
    const client = { name, kind, settings, ...readLogoOption(values) } as const
    const operator = { name: systemUser() }
    const added = await withDatabase(terminal, (deps) => addClient(deps, client, operator))
    if ('fault' in added) return refuse(terminal, added.fault)
    terminal.say(`client ID: ${added.clientId}`)
    if (added.secret !== null) terminal.say(`client secret (shown once): ${added.secret}`)
    return done
  },
}

export const list: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    return withDatabase(terminal, async ({ db }) => {
      for (const client of await selectClients(db)) terminal.say(lineOf(client))
      return done
    })
  },
}

/** One line of fields, each in a fixed place; a field that the client lacks is a dash. */
function lineOf({ id, kind, name, settings }: Client): string {
  const { redirectUris, postLogoutRedirectUris, backchannelLogoutUri } = settings
  const { idTokenAlg = 'ES256', authMethod = 'client_secret_basic' } = settings
  const fields = [
    redirectUris.join(' '),
    postLogoutRedirectUris.join(' '),
    backchannelLogoutUri,
    idTokenAlg,
    kind === 'web' && authMethod,
    settings.thirdParty && 'third party',
  ]
  return [id, kind, name, ...fields.map((field) => field || '-')].join('\t')
}

export const change: Command = {
  usage: `--id ID --reason TEXT [--name NAME] [--redirect-uri URI …] ${addresses} ${takenAway} ${ways} ${files} [--no-logo] [--no-third-party] [--new-secret]`,
  async run(args, terminal) {
    const { id, reason, ...values } = readClientOptions(args, changeOptions)
    if (!id || !reason?.trim()) throw new UsageError('missing: --id --reason')
    if (Object.keys(values).length === 0) throw new UsageError('nothing to change')
    const wanted = {
      ...(values.name !== undefined && { name: values.name }),
      settings: readSettings(values),
      ...readLogoOption(values),
      newSecret: values['new-secret'] ?? false,
    }
    return withClient(id, terminal, async (deps, client) => {
      const operator = { name: systemUser(), reason }
      const changed = await changeClient(deps, client, wanted, operator)
      if ('fault' in changed) return refuse(terminal, changed.fault)
      if (changed.secret !== null) terminal.say(`client secret (shown once): ${changed.secret}`)
      return done
    })
  },
}

export const remove: Command = {
  usage: '--id ID --reason TEXT',
  async run(args, terminal) {
    const { id, reason } = readOptions(args, ['id', 'reason'])
    const operator = { name: systemUser(), reason }
    return withClient(id, terminal, async (deps, client) =>
      (await removeClient(deps, client, operator)) ? done : refuse(terminal, unknown),
    )
  },
}

const noSettings: ClientSettings = {
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  jwks: null,
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const texts = { type: 'string', multiple: true } as const

const addOptions = {
  name: text,
  kind: text,
  'redirect-uri': texts,
  'post-logout-redirect-uri': texts,
  'backchannel-logout-uri': text,
  'id-token-alg': text,
  'auth-method': text,
  'jwks-file': text,
  'logo-file': text,
  'third-party': flag,
} as const

const { kind: _, ...changeable } = addOptions
const changeOptions = {
  ...changeable,
  id: text,
  reason: text,
  'no-post-logout-redirect-uri': flag,
  'no-backchannel-logout-uri': flag,
  'no-logo': flag,
  'no-third-party': flag,
  'new-secret': flag,
} as const

function readClientOptions<const O extends typeof addOptions | typeof changeOptions>(
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

type Values = Partial<ReturnType<typeof readClientOptions<typeof changeOptions>>>

/** Only the settings that an option names; the client keeps the others. */
function readSettings(values: Values): Partial<ClientSettings> {
  const {
    'redirect-uri': redirectUris,
    'jwks-file': jwksFile,
    'third-party': yes,
    'no-third-party': no,
  } = values
  const postLogoutRedirectUris = orNone(values, 'post-logout-redirect-uri', [])
  const backchannelLogoutUri = orNone(values, 'backchannel-logout-uri', null)
  const idTokenAlg = oneOf(values, 'id-token-alg', idTokenAlgorithms)
  const authMethod = oneOf(values, 'auth-method', secretMethods)
  if (yes && no) throw new UsageError('--third-party or --no-third-party')
  const thirdParty = yes ?? (no ? false : undefined)
  return {
    ...(redirectUris && { redirectUris }),
    ...(postLogoutRedirectUris && { postLogoutRedirectUris }),
    ...(backchannelLogoutUri !== undefined && { backchannelLogoutUri }),
    ...(jwksFile !== undefined && { jwks: readJwks(jwksFile) }),
    ...(idTokenAlg && { idTokenAlg }),
    ...(authMethod && { authMethod }),
    ...(thirdParty !== undefined && { thirdParty }),
  }
}

/** The value of the option, `none` after `--no-…`, or undefined without either. */
function orNone<N extends 'post-logout-redirect-uri' | 'backchannel-logout-uri', T>(
  values: Values,
  name: N,
  none: T,
): Values[N] | T {
  if (!values[`no-${name}`]) return values[name]
  if (values[name] !== undefined) throw new UsageError(`--${name} or --no-${name}`)
  return none
}

function oneOf<const T extends string>(
  values: Values,
  name: 'id-token-alg' | 'auth-method',
  words: readonly T[],
): T | undefined {
  const value = values[name]
  if (value === undefined) return undefined
  const word = words.find((one) => one === value)
  if (word === undefined) throw new UsageError(`--${name} is ${words.join(' or ')}`)
  return word
}

function readJwks(path: string): NonNullable<ClientSettings['jwks']> {
  try {
    const jwks = JSON.parse(readFileSync(path, 'utf8')) as NonNullable<ClientSettings['jwks']>
    if (Array.isArray(jwks.keys)) return jwks
  } catch (error) {
    throw new UsageError(`--jwks-file: ${String(error)}`)
  }
  throw new UsageError('--jwks-file: not a JWK Set')
}

/** An empty object when no option names the logo; null removes it. */
function readLogoOption(values: Values): { logo?: Buffer<ArrayBuffer> | null } {
  const path = values['logo-file']
  if (path !== undefined && values['no-logo']) throw new UsageError('--logo-file or --no-logo')
  if (path === undefined) return values['no-logo'] ? { logo: null } : {}
  try {
    return { logo: readFileSync(path) }
  } catch (error) {
    throw new UsageError(`--logo-file: ${String(error)}`)
  }
}

function withClient(
  id: string,
  terminal: Terminal,
  work: (deps: CommandDeps, client: Client) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  return withDatabase(terminal, async (deps) => {
    const client = await findClient(deps.db, id)
    return client ? work(deps, client) : refuse(terminal, unknown)
  })
}

const unknown = 'there is no such client'
