// The list of breached passwords: whether there is one, and how old it is.
import { statSync } from 'node:fs'
import { isBreached } from '../../../domain/password/breached.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { breachedListOld } from '../../../limits/passwords.ts'
import type { Config } from '../../../settings/config.ts'
import type { Check, Finding } from './finding.ts'

const gigabyte = 1024 ** 3

export function breachedCheck(
  config: Pick<Config, 'breachedPasswords'>,
  now: Clock = Date.now,
): Check {
  const check = 'breached passwords'
  return {
    name: check,
    async run(): Promise<readonly Finding[]> {
      const list = config.breachedPasswords
      if (list === null) {
        const says = 'there is no list of them, so that those that have leaked may be set'
        return [{ check, state: 'warning', says, cure: 'SEKISHO_BREACHED_PASSWORDS: operate.md' }]
      }
      const started = performance.now()
      await isBreached({ config }, 'a password that is looked up for its time')
      const took = Math.ceil(performance.now() - started)
      const { size, mtimeMs } = statSync(list)
      const of = new Date(mtimeMs).toISOString().slice(0, 10)
      const says = `${list} is of ${of}, ${(size / gigabyte).toFixed(1)} GB, searched in ${took} ms`
      if (now() - mtimeMs <= breachedListOld) return [{ check, state: 'ok', says }]
      return [
        { check, state: 'warning', says, cure: 'fetch the latest one, and put it in its place' },
      ]
    },
  }
}
