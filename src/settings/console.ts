// The settings of the support desk's console, which is another application than the customers' (rule 31).
import { hours } from '../kernel/clock.ts'
import { isLoopback } from '../kernel/loopback.ts'
import { longestRecoveryWait, mostRequestsADay } from '../limits/requests.ts'
import { ConfigError, read, readWholeNumber, required, type Environment } from './environment.ts'
import { readHost, readOrigin } from './places.ts'

/** Where the console stands. */
export interface ConsoleConfig {
  readonly origin: string
  readonly rpId: string
  readonly port: number
  readonly host: string
}

/** How the desk works. */
export interface DeskConfig {
  /** The identity checks that every request for an account needs. */
  readonly checks: readonly string[]
  /** The requests of one operator within 24 hours. */
  readonly mostRequests: number
  /** How long what opens waits after its approval; 0 for not at all. */
  readonly waitMilliseconds: number
}

/** Reads where the console stands; throws ConfigError unless it is apart from the customers' site. */
export function readConsole(
  env: Environment,
  customers: { readonly origin: string; readonly rpId: string },
): ConsoleConfig {
  const { origin, hostname } = readOrigin(env, 'SEKISHO_CONSOLE_ORIGIN')
  if (origin === customers.origin) {
    throw new ConfigError('SEKISHO_CONSOLE_ORIGIN', "must be another origin than the customers'")
  }
  const rpId = read(env, 'SEKISHO_CONSOLE_RP_ID') ?? hostname
  if (rpId !== hostname) {
    throw new ConfigError(
      'SEKISHO_CONSOLE_RP_ID',
      'must be exactly the host of SEKISHO_CONSOLE_ORIGIN',
    )
  }
  if (rpId === customers.rpId && !isLoopback(hostname)) {
    throw new ConfigError(
      'SEKISHO_CONSOLE_ORIGIN',
      'must be on another host than the relying party of the customers',
    )
  }
  if (new URL(customers.origin).hostname.endsWith(`.${rpId}`)) {
    throw new ConfigError(
      'SEKISHO_CONSOLE_ORIGIN',
      'must not be on a host above that of the customers, whose pages could then ask for its passkeys',
    )
  }
  return Object.freeze({
    origin,
    rpId,
    port: readWholeNumber(env, 'SEKISHO_CONSOLE_PORT', 0, 65_535),
    host: readHost(env, 'SEKISHO_CONSOLE_HOST'),
  })
}

/** Reads how the desk works; throws ConfigError. */
export function readDesk(env: Environment): DeskConfig {
  const wait = Number(required(env, 'SEKISHO_RECOVERY_WAIT_HOURS')) * hours
  if (!(wait >= 0 && wait <= longestRecoveryWait)) {
    const says = `must be hours, up to ${longestRecoveryWait / hours}`
    throw new ConfigError('SEKISHO_RECOVERY_WAIT_HOURS', says)
  }
  return Object.freeze({
    checks: readChecks(required(env, 'SEKISHO_SUPPORT_CHECKS')),
    mostRequests: readWholeNumber(env, 'SEKISHO_SUPPORT_REQUESTS', 1, mostRequestsADay),
    waitMilliseconds: wait,
  })
}

function readChecks(value: string): readonly string[] {
  const checks = value.split(',').map((one) => one.trim())
  const isRight = checks.every((one) => /^[a-z][a-z-]{0,39}$/.test(one))
  if (isRight && new Set(checks).size === checks.length) return Object.freeze(checks)
  throw new ConfigError(
    'SEKISHO_SUPPORT_CHECKS',
    'must be different words of small letters and dashes, with commas between',
  )
}
