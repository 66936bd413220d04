// Reads one setting from the environment, or from the file named there (rule 31).
import { readFileSync } from 'node:fs'
import { settings, type Setting, type SettingName } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** An invalid setting; the message names it and says which values are valid. */
export class ConfigError extends Error {
  readonly setting: SettingName

  constructor(setting: SettingName, says: string, cause?: unknown) {
    super(`${setting}: ${says}`, cause === undefined ? {} : { cause })
    this.name = 'ConfigError'
    this.setting = setting
  }
}

/** A setting's value, else its default, else null. */
export function read(env: Environment, name: SettingName): string | null {
  const setting: Setting | undefined = settings.find((one) => one.name === name)
  const value = env[name]
  const file = setting?.secret ? env[`${name}_FILE`] : undefined
  if (value && file) throw new ConfigError(name, `is set twice, here and by ${name}_FILE`)
  if (file) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    } catch (cause) {
      throw new ConfigError(
        name,
        `the file named by ${name}_FILE cannot be read (${String(cause)})`,
      )
    }
  }
  return value || (setting?.default ?? null)
}

/** A setting's value or default; throws ConfigError when it has neither. */
export function required(env: Environment, name: SettingName): string {
  const value = read(env, name)
  if (value === null) throw new ConfigError(name, 'must be set')
  return value
}

/** A setting that is a number of units; throws ConfigError for one that is not whole, or out of bounds. */
export function readWholeNumber(
  env: Environment,
  name: SettingName,
  least: number,
  most: number,
): number {
  const text = required(env, name)
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ConfigError(name, `must be a whole number from ${least} to ${most}`)
  }
  return value
}
