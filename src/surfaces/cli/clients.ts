import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  idTokenAlgorithms,
  secretMethods,
  type Client,
  type ClientSettings,
} from '../../domain/clients/client.ts'
import { findClient, selectClients } from '../../domain/clients/store.ts'
import { toIso } from '../../kernel/clock.ts'
import { addClient, changeClient, removeClient } from '../../operations/openid/clients.ts'
import {
  readOptions,
  Refusal,
  systemUser,
  UsageError,
  withDatabase,
  type Answer,
  type Command,
  type CommandDeps,
  type Terminal,
} from './command.ts'

const addresses =
  '[--post-logout-redirect-uri URI …] [--backchannel-logout-uri URI] [--home-uri URI] [--name-en NAME]'
const ways = `[--id-token-alg ${idTokenAlgorithms.join('|')}] [--auth-method ${secretMethods.join('|')}]`
const takenAway =
  '[--no-post-logout-redirect-uri] [--no-backchannel-logout-uri] [--no-home-uri] [--no-name-en]'
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
    if ('fault' in added) throw new Refusal('client_not_allowed', added.fault)
    const { clientId, secret: clientSecret } = added
    const words = [`client ID: ${clientId}`, ...secretInWords(clientSecret)]
    return { found: { clientId, clientSecret }, words }
  },
}

function secretInWords(secret: string | null): string[] {
  return secret === null ? [] : [`client secret (shown once): ${secret}`]
}

export const list: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    return withDatabase(terminal, async ({ db }) => {
      const clients = (await selectClients(db)).map(factsOf)
      return { found: { clients }, words: clients.map(lineOf) }
    })
  },
}

function factsOf({ id, kind, name, settings, logo, createdAt }: Client) {
  const { redirectUris, postLogoutRedirectUris, backchannelLogoutUri, jwks } = settings
  const { idTokenAlg = 'ES256', authMethod = 'client_secret_basic', thirdParty = false } = settings
  const { homeUri = null, nameEn = null } = settings
  return {
    ...{ clientId: id, kind, name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri },
    ...{ idTokenAlg, authMethod: kind === 'web' ? authMethod : null, thirdParty, jwks, logo },
    ...{ homeUri, nameEn },
    createdAt: toIso(createdAt),
  }
}

/** One line of fields, each in a fixed place; a field that the client lacks is a dash. */
function lineOf(client: ReturnType<typeof factsOf>): string {
  const { clientId, kind, name, idTokenAlg, authMethod, thirdParty } = client
  const fields = [
    client.redirectUris.join(' '),
    client.postLogoutRedirectUris.join(' '),
    client.backchannelLogoutUri,
    ...[idTokenAlg, authMethod, thirdParty && 'third party', client.homeUri, client.nameEn],
  ]
  return [clientId, kind, name, ...fields.map((field) => field || '-')].join('\t')
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
      if ('fault' in changed) throw new Refusal('client_not_allowed', changed.fault)
      const { secret: clientSecret } = changed
      return { found: { clientId: id, clientSecret }, words: secretInWords(clientSecret) }
    })
  },
}

export const remove: Command = {
  usage: '--id ID --reason TEXT',
  async run(args, terminal) {
    const { id, reason } = readOptions(args, ['id', 'reason'])
    const operator = { name: systemUser(), reason }
    return withClient(id, terminal, async (deps, client) => {
      if (!(await removeClient(deps, client, operator))) throw unknown()
      return { found: { clientId: id }, words: [] }
    })
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
  'home-uri': text,
  'name-en': text,
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
  'no-home-uri': flag,
  'no-name-en': flag,
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
  const homeUri = orNone(values, 'home-uri', null)
  const nameEn = orNone(values, 'name-en', null)
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
    ...(homeUri !== undefined && { homeUri }),
    ...(nameEn !== undefined && { nameEn: nameEn?.trim() ?? null }),
  }
}

/** The value of the option, `none` after `--no-…`, or undefined without either. */
function orNone<
  N extends 'post-logout-redirect-uri' | 'backchannel-logout-uri' | 'home-uri' | 'name-en',
  T,
>(values: Values, name: N, none: T): Values[N] | T {
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
  work: (deps: CommandDeps, client: Client) => Promise<Answer>,
): Promise<Answer> {
  return withDatabase(terminal, async (deps) => {
    const client = await findClient(deps.db, id)
    if (!client) throw unknown()
    return work(deps, client)
  })
}

function unknown(): Refusal {
  return new Refusal('no_such_client', 'there is no such client')
}
