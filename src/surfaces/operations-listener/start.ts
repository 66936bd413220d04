// The surface of operators, which a node has where its settings name a port for it.
import type { Deps } from '../../domain/deps.ts'
import type { Family } from '../../kernel/metrics.ts'
import { backlogOf } from '../../operations/upkeep/count-backlog.ts'
import { readinessOf } from '../../operations/upkeep/readiness.ts'
import { listenForOperators, type OperationsListener } from './listener.ts'
import { metricsOf, type PasswordCounts } from './metrics.ts'
import { watchRuntime } from './runtime.ts'

interface Node {
  /** What it counts while it works. */
  readonly counted: readonly Family[]
  readonly isDraining: () => boolean
  readonly hasher: { isReady(): boolean; readonly counts: PasswordCounts }
}

/** Answers operators until it is stopped; null when the settings name no port. */
export async function startOperations(
  deps: Pick<Deps, 'config' | 'db' | 'now' | 'log'>,
  { counted, isDraining, hasher }: Node,
): Promise<OperationsListener | null> {
  const { config, log } = deps
  if (config.operations === null) return null
  const runtime = watchRuntime()
  const readiness = readinessOf(deps, { isDraining, hashes: () => hasher.isReady() })
  const metrics = metricsOf({
    ...{ counted, readiness, backlog: backlogOf(deps) },
    passwords: () => hasher.counts,
    runtime: () => runtime.read(),
  })
  const { port, stop } = await listenForOperators({ readiness, metrics, log }, config.operations)
  return {
    port,
    async stop() {
      runtime.stop()
      await stop()
    },
  }
}
