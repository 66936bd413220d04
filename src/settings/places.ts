// Origins and hosts, as several settings name them.
import { isIP } from 'node:net'
import { isLoopback } from '../kernel/loopback.ts'
import { ConfigError, required, type Environment } from './environment.ts'
import type { SettingName } from './settings.ts'

/** The origin that a setting names; throws ConfigError for anything more, and for http off loopback. */
export function readOrigin(env: Environment, name: SettingName): URL {
  const value = required(env, name)
  const url = URL.canParse(value) ? new URL(value) : null
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    (url.origin !== value && `${url.origin}/` !== value)
  ) {
    throw new ConfigError(name, 'must be an origin such as https://login.example.jp')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigError(name, 'must be https on a host that is not loopback')
  }
  return url
}

/** The address to listen on that a setting names. */
export function readHost(env: Environment, name: SettingName): string {
  const value = required(env, name)
  if (isIP(value) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)) return value
  throw new ConfigError(name, 'must be an address or a host name, without a port')
}
