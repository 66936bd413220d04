import { shortestSecret } from '../limits/node.ts'
import { ConfigError, required, type Environment } from './environment.ts'

export type Secrets = readonly [string, ...string[]]

/** One for each line: a text of one line is one secret. */
export function readSecrets(env: Environment): Secrets {
  const [first = '', ...others] = required(env, 'SEKISHO_SECRET').split(/\r?\n/)
  const secrets: Secrets = [first, ...others]
  if (new Set(secrets).size < secrets.length) {
    throw new ConfigError('SEKISHO_SECRET', 'has the same line twice')
  }
  if (secrets.every((secret) => [...secret].length >= shortestSecret)) return secrets
  const where = others.length > 0 ? ' in each of its lines' : ''
  throw new ConfigError('SEKISHO_SECRET', `must have ${shortestSecret} characters or more${where}`)
}
