// The trading desk beside the demo: registered once, and run in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActDeps } from '../../domain/act.ts'
import { findClient } from '../../domain/clients/store.ts'
import { minutes } from '../../kernel/clock.ts'
import { addClient, changeClient, type NewClient } from '../../operations/openid/clients.ts'

interface DeskOptions {
  readonly port: number
  /** Keeps the client's ID and secret, as Sekisho shows a secret once. */
  readonly file: string
}

export interface RunningDesk {
  readonly origin: string
  stop(): Promise<void>
}

const folder = join(import.meta.dirname, '..', '..', '..', 'examples', 'trading-desk')
const operator = { name: 'demo', reason: 'started' }

/** Starts the trading desk; null when it cannot listen, as when its port is taken. */
export async function startTradingDesk(
  deps: ActDeps,
  { port, file }: DeskOptions,
): Promise<RunningDesk | null> {
  const origin = `http://localhost:${port}`
  const credentials = await prepareClient(deps, origin, file)
  if (!credentials) return null
  const { clientId, clientSecret } = credentials
  const child = spawn(process.execPath, [join(folder, 'main.ts')], {
    env: {
      PATH: process.env['PATH'],
      DESK_PORT: String(port),
      DESK_ORIGIN: origin,
      DESK_ISSUER: deps.config.origin,
      DESK_CLIENT_ID: clientId,
      DESK_CLIENT_SECRET: clientSecret,
      DESK_DEMO_HOLD_MINUTES: String(Math.round(deps.config.holdMilliseconds / minutes)),
    },
    // The desk ends when the channel closes, however the demo ends; only its stderr is shown.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const listens = once(child, 'message').then(() => true)
  if (!(await Promise.race([listens, ended.then(() => false)]))) return null
  return { origin, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  await ended
}

interface Credentials {
  readonly clientId: string
  readonly clientSecret: string
}

/** The client of an earlier start with this start's addresses, or a new client; null when refused. */
async function prepareClient(
  deps: ActDeps,
  origin: string,
  file: string,
): Promise<Credentials | null> {
  const wanted = {
    kind: 'web',
    name: 'トレーディングデスク',
    logo: readFileSync(join(folder, 'icon.svg')),
    settings: {
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [`${origin}/signed-out`],
      backchannelLogoutUri: `${origin}/backchannel-logout`,
      jwks: null,
      homeUri: `${origin}/`,
      nameEn: 'Trading Desk',
    },
  } as const satisfies NewClient
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Credentials)
    : undefined
  const client = kept && (await findClient(deps.db, kept.clientId))
  if (kept && client) {
    await changeClient(deps, client, wanted, operator)
    return kept
  }
  const added = await addClient(deps, wanted, operator)
  if ('fault' in added || added.secret === null) return null
  const credentials = { clientId: added.clientId, clientSecret: added.secret }
  writeFileSync(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  return credentials
}
