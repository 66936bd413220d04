import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { endWithin } from '../../limits/node.ts'
import { openLog } from '../../node/log.ts'
import { ConfigError } from '../../settings/environment.ts'
import { unknownSettings } from '../../settings/unknown.ts'
import { done, refused, type ExitStatus, type Terminal } from './command.ts'
import { untilSignal } from './until-asked.ts'

interface Running {
  drain(): Promise<void>
  stop(): Promise<void>
}

/** Starts a server, and stops it in peace when the process is told to end. */
export async function untilStopped(
  env: Terminal['env'],
  start: (log: Logger) => Promise<Running>,
): Promise<ExitStatus> {
  const log = openLog()
  for (const { setting, says } of unknownSettings(env)) log.warn({ setting }, says)
  try {
    const running = await start(log)
    await untilSignal(() => process.exit(refused))
    log.info('stopping')
    await running.drain()
    const tooLong = wait(endWithin, undefined, { ref: false }).then(() => endAtOnce(log))
    await Promise.race([running.stop(), tooLong])
    return done
  } catch (error) {
    if (error instanceof ConfigError) log.fatal({ setting: error.setting }, error.message)
    else log.fatal({ err: error }, 'the node cannot start or stop')
    return refused
  }
}

/** For a database, say, that takes statements and answers none. */
function endAtOnce(log: Logger): never {
  log.warn('something begun has not ended, and is left')
  process.exit(done)
}
