// What the trading desk is told from outside.

export interface DeskSettings {
  /** Where browsers reach the trading desk; its cookies and redirect URIs hang on it. */
  readonly origin: string
  readonly port: number
  /** The sign-in: the issuer of all tokens. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** In a demo: how many minutes a hold lasts and a factor is young, so that the page can say that it is short. */
  readonly demoHoldMinutes: number | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings from the environment; throws one line that names what is missing. */
export function readSettings(env: Environment): DeskSettings {
  const port = Number(env['DESK_PORT'] ?? 3200)
  const minutes = Number(env['DESK_DEMO_HOLD_MINUTES'])
  return {
    origin: env['DESK_ORIGIN'] ?? `http://localhost:${port}`,
    port,
    issuer: env['DESK_ISSUER'] ?? 'http://localhost:3000',
    clientId: needed(env, 'DESK_CLIENT_ID'),
    clientSecret: needed(env, 'DESK_CLIENT_SECRET'),
    demoHoldMinutes: minutes > 0 ? minutes : null,
  }
}

function needed(env: Environment, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is missing; clients add prints it`)
  return value
}
