import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Client, ClientSettings } from '../clients/client.ts'
import {
  addClient,
  changeClient,
  findClient,
  listClients,
  removeClient,
} from '../clients/registry.ts'
import type { Environment } from '../config.ts'
import { toIso } from '../ground/clock.ts'
import { rotateKeys } from '../oidc/keys.ts'
import type { Database } from '../storage/tables.ts'
import {
  complain,
  done,
  readOptions,
  refused,
  say,
  UsageError,
  withDatabase,
  type Command,
  type ExitStatus,
} from './command.ts'

const addresses =
  '[--post-logout-redirect-uri URI …] [--backchannel-logout-uri URI] [--jwks-file PATH]'

export const add: Command = {
  usage: `--name NAME --kind web|native|fapi --redirect-uri URI … ${addresses}`,
  async run(args, env) {
    const values = readClientOptions(args)
    const { name, kind } = values
    if (name === undefined || kind === undefined) throw new UsageError('missing: --name --kind')
    if (kind !== 'web' && kind !== 'native' && kind !== 'fapi') {
      throw new UsageError('--kind is web, native or fapi')
    }
    const settings = { ...noSettings, ...readSettings(values) }
    const added = await withDatabase(env, (deps) => addClient(deps, { name, kind, settings }))
    if ('fault' in added) return fail(added.fault)
    say(`client ID: ${added.client.id}`)
    if (added.secret !== null) say(`client secret (shown once): ${added.secret}`)
    return done
  },
}

export const list: Command = {
  usage: '',
  async run(args, env) {
    readOptions(args, [])
    return withDatabase(env, async ({ db }) => {
      for (const { id, kind, name, settings } of await listClients(db)) {
        say([id, kind, name, settings.redirectUris.join(' ')].join('\t'))
      }
      return done
    })
  },
}

export const change: Command = {
  usage: `--id ID [--name NAME] [--redirect-uri URI …] ${addresses} [--new-secret]`,
  async run(args, env) {
    const values = readClientOptions(args)
    return withClient(values.id, env, async (deps, client) => {
      const changed = await changeClient(deps, client, {
        ...(values.name === undefined ? {} : { name: values.name }),
        settings: readSettings(values),
        newSecret: values['new-secret'] ?? false,
      })
      if ('fault' in changed) return fail(changed.fault)
      if (changed.secret !== null) say(`client secret (shown once): ${changed.secret}`)
      return done
    })
  },
}

export const remove: Command = {
  usage: '--id ID',
  async run(args, env) {
    const { id } = readOptions(args, ['id'])
    return withClient(id, env, async ({ db }) => ((await removeClient(db, id)) ? done : refused))
  },
}

export const rotate: Command = {
  usage: '',
  async run(args, env) {
    readOptions(args, [])
    return withDatabase(env, async (deps) => {
      say(`the new keys are published now and sign from ${toIso(await rotateKeys(deps))}`)
      return done
    })
  },
}

const noSettings: ClientSettings = {
  redirectUris: [],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  jwks: null,
}

function readClientOptions(args: readonly string[]) {
  const text = { type: 'string' } as const
  const options = {
    id: text,
    name: text,
    kind: text,
    'redirect-uri': { type: 'string', multiple: true },
    'post-logout-redirect-uri': { type: 'string', multiple: true },
    'backchannel-logout-uri': text,
    'jwks-file': text,
    'new-secret': { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Only what was said: what was not stays as it is. */
function readSettings(values: ReturnType<typeof readClientOptions>): Partial<ClientSettings> {
  const {
    'redirect-uri': redirectUris,
    'post-logout-redirect-uri': postLogoutRedirectUris,
    'backchannel-logout-uri': backchannelLogoutUri,
    'jwks-file': jwksFile,
  } = values
  return {
    ...(redirectUris && { redirectUris }),
    ...(postLogoutRedirectUris && { postLogoutRedirectUris }),
    ...(backchannelLogoutUri !== undefined && { backchannelLogoutUri }),
    ...(jwksFile !== undefined && { jwks: readJwks(jwksFile) }),
  }
}

function readJwks(path: string): NonNullable<ClientSettings['jwks']> {
  try {
    const jwks = JSON.parse(readFileSync(path, 'utf8')) as NonNullable<ClientSettings['jwks']>
    if (Array.isArray(jwks.keys) && jwks.keys.every((key) => !('d' in key))) return jwks
  } catch (error) {
    throw new UsageError(`--jwks-file: ${String(error)}`)
  }
  throw new UsageError('--jwks-file: a JWK Set with public keys only')
}

type ClientDeps = { db: Database; now: () => number }

function withClient(
  id: string | undefined,
  env: Environment,
  work: (deps: ClientDeps, client: Client) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  if (id === undefined) throw new UsageError('missing: --id')
  return withDatabase(env, async (deps) => {
    const client = await findClient(deps.db, id)
    return client ? work(deps, client) : fail('there is no such client')
  })
}

function fail(what: string): ExitStatus {
  complain(what)
  return refused
}
