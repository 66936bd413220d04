// What a node counts while it works. Nothing of a person, and no value that a stranger chooses, is a label.
import type { Happening } from '../../domain/deps.ts'
import { factorNames } from '../../domain/factors/factors.ts'
import { counter, histogram, type Family } from '../../kernel/metrics.ts'

const requestBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const waitBounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Meters {
  readonly families: readonly Family[]
  /** An answer has left, or its client has; null for one that got no status. */
  answered(kind: string, status: number | null, seconds: number): void
  happened(happening: Happening): void
  /** A connection to the database, or a turn, was waited for. */
  waited(seconds: number): void
  /** A connection to the database ended, or something else went wrong between requests. */
  troubled(): void
}

export function startMeters(): Meters {
  const requests = counter<'kind' | 'status'>(
    'sekisho_http_requests_total',
    'Requests by kind and status; aborted: the client left before the answer.',
  )
  const durations = histogram<'kind'>(
    'sekisho_http_request_duration_seconds',
    'From the head of a request to the end of its answer.',
    requestBounds,
  )
  const signIns = counter<'factor' | 'outcome'>(
    'sekisho_sign_ins_total',
    'Finished sign-ins by second factor (success), and tries of a factor that were refused.',
    factorNames.map((factor) => ({ factor, outcome: 'success' })),
  )
  const events = counter<'event'>(
    'sekisho_audit_events_total',
    'Events that this node has written to the audit trail.',
  )
  const holds = counter<'reason'>(
    'sekisho_holds_total',
    'Changes after which withdrawals are to be held.',
  )
  const waits = histogram(
    'sekisho_database_wait_seconds',
    'How long a connection to the database was waited for; on SQLite: a turn to write.',
    waitBounds,
  )
  const troubles = counter(
    'sekisho_database_troubles_total',
    'Connections to the database that ended, and the like.',
    [{}],
  )
  return {
    families: [requests, durations, signIns, events, holds, waits, troubles],
    answered(kind, status, seconds) {
      requests.add({ kind, status: status === null ? 'aborted' : String(status) })
      durations.observe({ kind }, seconds)
    },
    happened(happening) {
      const { event, detail } = happening
      if (event === 'hold') return holds.add({ reason: String(detail?.['reason']) })
      // The console raises most of them and has no metrics: they are counted in the database.
      if (event === 'alert') return
      events.add({ event })
      const signIn = signInOf(happening)
      if (signIn) signIns.add(signIn)
    },
    waited: (seconds) => waits.observe({}, seconds),
    troubled: () => troubles.add({}),
  }
}

/** A try of a factor at a sign-in, or null. */
function signInOf({ event, detail = {} }: Happening): { factor: string; outcome: string } | null {
  const factor = String(detail['factor'])
  switch (event) {
    case 'authn_login_success':
      return { factor, outcome: 'success' }
    case 'authn_login_fail':
      return { factor, outcome: String(detail['why']) }
    case 'authn_password_success': {
      // A sign-in that began without a code, as none could be sent.
      const { next, why } = detail
      return why === undefined ? null : { factor: String(next), outcome: String(why) }
    }
    case 'authn_code_fail':
      return detail['purpose'] === 'sign-in' ? { factor, outcome: 'wrong code' } : null
    case 'authn_passkey_fail':
      return detail['purpose'] === 'sign-in' ? { factor: 'passkey', outcome: 'refused' } : null
    default:
      return null
  }
}
