// Sends the outbox to the mail server. Every node runs a sender; each mail is taken by one of them.
import { setTimeout as wait } from 'node:timers/promises'
import { minutes, seconds } from '../../kernel/clock.ts'
import {
  firstMailRetry,
  longestMailRetry,
  mailLanes,
  mailLease,
  refusedMailKept,
  retriesAfterRefusal,
} from '../../kernel/limits.ts'
import type { MailConfig } from '../../settings/config.ts'
import type { Deps } from '../deps.ts'
import { inBatches } from '../tables/batch.ts'
import { startLane, type Lane } from './lane.ts'
import { unsealMail } from './outbox.ts'
import { answerCodes, readRefusal, reasonOf } from './refusal.ts'
import {
  claimMail,
  postponeMail,
  selectDue,
  wipeExpired,
  wipeMail,
  type LaneName,
  type OutboxRow,
} from './store.ts'
import { openTransport, type Transport } from './transport.ts'

const turnEvery = 1 * seconds
/** The longest time for one mail, including the mail server's final answer. */
const sendWithin = 1 * minutes
/** How long a stopping node waits for a mail server that does not answer. */
const stopWithin = 1 * seconds

interface MailSender {
  /** Looks into the outbox now instead of at the next turn. */
  wake(): void
  /** Finishes the mails in hand, within about two seconds; unsent mails wait for a node. */
  stop(): Promise<void>
}

interface SenderDeps extends Pick<Deps, 'db' | 'keys' | 'now' | 'log'> {
  /** Gives a mail up; `reason` are the codes of the mail server's last answer, such as `550 5.1.1`. */
  readonly giveUp: (row: OutboxRow, reason: string) => Promise<void>
}

/** Starts sending. While the mail server is down, mails wait; only codes expire unsent. */
export function startSender(deps: SenderDeps, config: MailConfig): MailSender {
  const begun = (Object.keys(mailLanes) as LaneName[]).map((name) => {
    const transport = openTransport(config, mailLanes[name].hands)
    const lane = startLane(
      {
        due: (most) => dueMails(deps, name, most),
        send: (row) => sendOne(deps, row, transport),
      },
      mailLanes[name],
      deps.log,
    )
    return { lane, transport }
  })
  const all = (call: (lane: Lane) => void) => begun.forEach(({ lane }) => call(lane))
  const timer = setInterval(() => all((lane) => lane.turn()), turnEvery)
  all((lane) => lane.turn())
  return {
    wake: () => setImmediate(() => all((lane) => lane.wake())),
    async stop() {
      clearInterval(timer)
      const impatience = setTimeout(
        () => begun.forEach(({ transport }) => transport.abort()),
        stopWithin,
      )
      const finished = Promise.all(begun.map(({ lane }) => lane.stop()))
      await Promise.race([finished, wait(2 * stopWithin, undefined, { ref: false })])
      clearTimeout(impatience)
      begun.forEach(({ transport }) => transport.close())
    },
  }
}

async function dueMails(
  { db, now }: SenderDeps,
  lane: LaneName,
  most: number,
): Promise<OutboxRow[]> {
  const due = await selectDue(db, lane, now(), most)
  const time = now()
  if (!due.some((row) => hasExpired(row, time))) return due
  // The expired ones stand in front of all others.
  await inBatches(() => wipeExpired(db, time))
  const left = await selectDue(db, lane, now(), most)
  return left.filter((row) => !hasExpired(row, now()))
}

function hasExpired({ expires_at: end }: OutboxRow, time: number): boolean {
  return end !== null && end <= time
}

/** False when another node has taken the mail. */
async function sendOne(deps: SenderDeps, row: OutboxRow, transport: Transport): Promise<boolean> {
  const { db, keys, now } = deps
  const time = now()
  if (row.sealed === null || !(await claimMail(db, row, time + mailLease))) return false
  const left = row.expires_at === null ? sendWithin : Math.max(0, row.expires_at - time)
  try {
    const mail = unsealMail(keys, row.id, row.sealed)
    await transport.send(mail, Math.min(sendWithin, left))
  } catch (error) {
    await putAside(deps, row, error)
    return true
  }
  await wipeMail(db, row.id, now())
  return true
}

/** After a failed try the mail waits for the next one, is wiped as expired, or is given up. */
async function putAside(deps: SenderDeps, row: OutboxRow, error: unknown): Promise<void> {
  const { db, now, log } = deps
  const time = now()
  const refusal = readRefusal(error)
  const refusedSince = row.refused_since ?? (refusal === null ? null : time)
  const retryAfterRefusal = retriesAfterRefusal[row.refusals]
  const givenUp =
    (refusal === 'for good' && retryAfterRefusal === undefined) ||
    (refusal !== null && refusedSince !== null && time > refusedSince + refusedMailKept)
  log.warn(
    { mail: row.id, kind: row.kind, tries: row.tries + 1, givenUp, reason: reasonOf(error) },
    'a mail was not sent',
  )
  if (givenUp) return deps.giveUp(row, answerCodes(error))
  if (hasExpired(row, time)) return wipeMail(db, row.id, null)
  const refusedForGood = refusal === 'for good'
  const wait = (refusedForGood ? retryAfterRefusal : undefined) ?? retryAfter(row.tries)
  await postponeMail(db, row.id, { nextTryAt: time + wait, refusedSince, refusedForGood })
}

function retryAfter(triesBefore: number): number {
  return Math.min(firstMailRetry * 2 ** triesBefore, longestMailRetry)
}
