// How one setting is read from the environment, or from the file that it names (rule 31).
import { readFileSync } from 'node:fs'
import { settings, type Setting, type SettingName } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A setting that must not be used as it stands; the message names it and says what would do. */
export class ConfigError extends Error {
  readonly setting: SettingName

  constructor(setting: SettingName, says: string) {
    super(`${setting}: ${says}`)
    this.name = 'ConfigError'
    this.setting = setting
  }
}

/** What a setting is, or its default; null where it has neither. */
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

/** What a setting is; throws ConfigError where it is not set and has no default. */
export function required(env: Environment, name: SettingName): string {
  const value = read(env, name)
  if (value === null) throw new ConfigError(name, 'must be set')
  return value
}
