// All that Prometheus reads of a node: what it has counted, and what is so when it is asked.
import { seconds } from '../../kernel/clock.ts'
import { expose, gauge, type Family } from '../../kernel/metrics.ts'
import { mostCounted, type Backlog } from '../../operations/upkeep/count-backlog.ts'
import { checkNames, type Readiness } from '../../operations/upkeep/readiness.ts'

export interface PasswordCounts {
  readonly held: number
  readonly waiting: number
  readonly working: number
}

interface MetricSources {
  readonly counted: readonly Family[]
  readonly readiness: () => Promise<Readiness>
  readonly backlog: () => Promise<Backlog | null>
  readonly passwords: () => PasswordCounts
  readonly runtime: () => readonly Family[]
}

/** Makes the text of all metrics; what the database does not tell in time is left out. */
export function metricsOf(sources: MetricSources): () => Promise<string> {
  const { counted, passwords, runtime } = sources
  return async () => {
    const [readiness, backlog] = await Promise.all([sources.readiness(), sources.backlog()])
    return expose([
      ...counted,
      ...passwordFamilies(passwords()),
      ...readinessFamilies(readiness),
      ...(backlog ? backlogFamilies(backlog) : []),
      ...runtime(),
    ])
  }
}

function passwordFamilies({ held, waiting, working }: PasswordCounts): Family[] {
  return [
    gauge(
      'sekisho_passwords_held',
      'Passwords that wait until others of the same login ID, browser or address are checked.',
      held,
    ),
    gauge('sekisho_passwords_waiting', 'Passwords in line before the password process.', waiting),
    gauge('sekisho_passwords_working', 'Passwords that the password process works on.', working),
  ]
}

function readinessFamilies(readiness: Readiness): Family[] {
  const { clockOffset } = readiness
  return [
    gauge(
      'sekisho_check_ok',
      'The checks of /readyz: 1 when it is well.',
      checkNames.map((check) => ({ labels: { check }, value: readiness[check].ok ? 1 : 0 })),
    ),
    gauge(
      'sekisho_clock_offset_seconds',
      "By how much this node's clock is ahead of the database's, at least.",
      clockOffset === null ? null : clockOffset / seconds,
    ),
  ]
}

function backlogFamilies({ mails, undelivered, locked, alerts }: Backlog): Family[] {
  const upTo = `counted up to ${mostCounted}; the same on every node.`
  return [
    gauge(
      'sekisho_outbox_waiting_mails',
      `Mails that wait to be sent, ${upTo}`,
      mails.map(({ lane, waiting }) => ({ labels: { lane }, value: waiting })),
    ),
    gauge(
      'sekisho_outbox_overdue_seconds',
      'How long the mail that waits longest has been due; the same on every node.',
      mails.map(({ lane, overdue }) => ({ labels: { lane }, value: overdue / seconds })),
    ),
    gauge(
      'sekisho_outbox_undelivered_mails',
      `Mails that the mail server refused for good, as listed by mail undelivered, ${upTo}`,
      undelivered,
    ),
    gauge(
      'sekisho_desk_alerts',
      `What a supervisor of the support desk should see, of the last day, ${upTo}`,
      alerts,
    ),
    gauge(
      'sekisho_locked_accounts',
      `Accounts that are locked, ${upTo}`,
      locked.map(({ reason, accounts }) => ({ labels: { reason }, value: accounts })),
    ),
  ]
}
