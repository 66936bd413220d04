// How the process itself is, under the names that other programs on Node.js give it.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { seconds } from '../../kernel/clock.ts'
import { gauge, type Family } from '../../kernel/metrics.ts'

const nanoseconds = 1e9
const microseconds = 1e6
/** The delay is sampled this often; what a sample takes by itself is not counted. */
const resolution = 10

/** Watches the event loop from now on; what it saw begins anew with each reading. */
export function watchRuntime(): { read(): readonly Family[]; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  const started = Date.now() / seconds - process.uptime()
  const lag = (value: number) => Math.max(0, value / nanoseconds - resolution / seconds)
  return {
    stop: () => void delay.disable(),
    read() {
      const { user, system } = process.cpuUsage()
      const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
      const isKnown = delay.count > 0
      const families = [
        gauge(
          'nodejs_eventloop_lag_mean_seconds',
          'How late the event loop was on average since the last reading.',
          isKnown ? lag(delay.mean) : null,
        ),
        gauge(
          'nodejs_eventloop_lag_p99_seconds',
          'How late it was at most in 99 of 100 samples since the last reading.',
          isKnown ? lag(delay.percentile(99)) : null,
        ),
        gauge(
          'nodejs_eventloop_lag_max_seconds',
          'How late it was at most since the last reading.',
          isKnown ? lag(delay.max) : null,
        ),
        gauge('nodejs_heap_size_used_bytes', 'JavaScript memory in use.', heapUsed),
        gauge('nodejs_heap_size_total_bytes', 'JavaScript memory in hand.', heapTotal),
        gauge('nodejs_external_memory_bytes', 'Memory that JavaScript objects refer to.', external),
        gauge('process_resident_memory_bytes', 'Memory of the process, without its child.', rss),
        gauge(
          'process_cpu_seconds_total',
          'Processor time of the process, without its child.',
          [{ value: (user + system) / microseconds }],
          'counter',
        ),
        gauge('process_start_time_seconds', 'When it started, since 1970.', started),
      ]
      delay.reset()
      return families
    },
  }
}
