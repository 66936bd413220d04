// `doctor`: looks at all that a node needs, says what is wrong and what to do, and changes nothing.
import { seconds } from '../../../kernel/clock.ts'
import { readConfig, readMailConfig } from '../../../settings/config.ts'
import { ConfigError } from '../../../settings/environment.ts'
import { unknownSettings } from '../../../settings/unknown.ts'
import { done, readFlags, refused, type Command, type Terminal } from '../command.ts'
import { breachedCheck } from './breached.ts'
import { databaseCheck } from './database.ts'
import { filesCheck } from './files.ts'
import { examine, type Check, type Finding } from './finding.ts'
import { mailCheck, senderCheck } from './mail.ts'
import { outsideCheck, proxyCheck } from './outside.ts'
import { telephoneCheck } from './telephone.ts'

/** For each group of checks; they run side by side. */
const within = 20 * seconds

export const doctor: Command = {
  usage: '[--mail-to ADDRESS] [--proxy]',
  logs: true,
  async run(args, terminal) {
    const { proxy, 'mail-to': to } = readFlags(args, ['proxy'], ['mail-to'])
    const findings = [...settingsFindings(terminal), ...(await look(terminal, { proxy, to }))]
    const ok = findings.every(({ state }) => state !== 'fault')
    return { found: { ok, findings }, words: findings.map(inWords), status: ok ? done : refused }
  },
}

function settingsFindings({ env }: Terminal): Finding[] {
  const check = 'settings'
  const unknown = unknownSettings(env).map(({ says }): Finding => ({
    check,
    state: 'warning',
    says,
    cure: 'mend the name, or leave it out',
  }))
  const faults = [readConfig, readMailConfig].flatMap((read): Finding[] => {
    try {
      read(env)
      return []
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      const cure = 'docs/config.md has every setting'
      return [{ check, state: 'fault', says: error.message, cure }]
    }
  })
  if (faults.length > 0) return [...unknown, ...faults]
  return [...unknown, { check, state: 'ok', says: 'each has a value that is valid' }]
}

async function look(
  { env }: Terminal,
  { proxy, to }: { readonly proxy: boolean; readonly to: string | undefined },
): Promise<Finding[]> {
  const config = unlessInvalid(() => readConfig(env))
  const mail = unlessInvalid(() => readMailConfig(env))
  const checks: Check[] = [
    ...(config
      ? [
          databaseCheck(config),
          filesCheck(config, env),
          breachedCheck(config),
          ...(config.telephone ? [telephoneCheck(config.telephone)] : []),
          outsideCheck(config),
        ]
      : []),
    ...(config && proxy ? [proxyCheck(config)] : []),
    ...(mail ? [mailCheck(mail, to), senderCheck(mail)] : []),
  ]
  return (await Promise.all(checks.map((check) => examine(check, within)))).flat()
}

/** A setting that is invalid has been told already. */
function unlessInvalid<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

function inWords({ check, state, says, cure }: Finding): string {
  const line = `${state.padEnd(7)}  ${check}: ${says}`
  return cure === undefined ? line : `${line}\n         → ${cure}`
}
