// The settings of what holders set, change and stop themselves.
import { hours } from '../kernel/clock.ts'
import { longestStopWait } from '../limits/stops.ts'
import { ConfigError, read, readWholeNumber, type Environment } from './environment.ts'
import { readHost } from './places.ts'

/** What a hold covers (rule 11), as applications read it. */
export const holdScopes = ['withdrawal', 'all'] as const
export type HoldScope = (typeof holdScopes)[number]

/** Where the broker's telephone computer is answered, and what it says to be let in. */
export interface TelephoneConfig {
  readonly port: number
  readonly host: string
  readonly key: string
}

/** Reads where the telephone computer is answered, null for nowhere; throws ConfigError. */
export function readTelephone(env: Environment): TelephoneConfig | null {
  const key = read(env, 'SEKISHO_TELEPHONE_KEY')
  const host = readHost(env, 'SEKISHO_TELEPHONE_HOST')
  if (read(env, 'SEKISHO_TELEPHONE_PORT') === null) return null
  const port = readWholeNumber(env, 'SEKISHO_TELEPHONE_PORT', 0, 65_535)
  if (key === null) {
    throw new ConfigError('SEKISHO_TELEPHONE_KEY', 'is needed where SEKISHO_TELEPHONE_PORT is set')
  }
  return Object.freeze({ port, host, key })
}

/** Reads how long a stop stands before a code by e-mail lifts it, in milliseconds; throws ConfigError. */
export function readStopWait(env: Environment): number {
  const wait = Number(read(env, 'SEKISHO_STOP_WAIT_HOURS')) * hours
  if (wait >= 0 && wait <= longestStopWait) return wait
  const says = `must be hours, up to ${longestStopWait / hours}`
  throw new ConfigError('SEKISHO_STOP_WAIT_HOURS', says)
}
