// Sends the outbox to the mail server. Every node runs a sender; each mail is taken by one of them.
import { setTimeout as wait } from 'node:timers/promises'
import { minutes, seconds } from '../../kernel/clock.ts'
import { repeat } from '../../kernel/repeat.ts'
import {
  firstMailRetry,
  longestMailRetry,
  mailLanes,
  refusedMailKept,
  retriesAfterRefusal,
} from '../../limits/mails.ts'
import type { MailConfig } from '../../settings/config.ts'
import type { Deps } from '../deps.ts'
import { inBatches } from '../tables/batch.ts'
import { keepInHand, watchForForsaken } from './in-hand.ts'
import { startLane, type Lane } from './lane.ts'
import { unsealMail } from './outbox.ts'
import { answerCodes, readRefusal, reasonOf } from './refusal.ts'
import {
  claimMail,
  markExpired,
  markSent,
  postponeMail,
  releaseMail,
  selectDue,
  selectInHand,
  wipeExpired,
  type ClaimedMail,
  type LaneName,
  type OutboxRow,
} from './store.ts'
import { openTransport, type Transport } from './transport.ts'

const turnEvery = 1 * seconds
/** The longest time for one mail, including the mail server's final answer. */
const sendWithin = 1 * minutes
/** What even a clock that is wrong keeps from other nodes; by the right ones they watch for its renewals. */
const lease = 2 * minutes
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
  const releasing = repeat(turnEvery, releaseForsaken(deps))
  const timer = setInterval(() => all((lane) => lane.turn()), turnEvery)
  all((lane) => lane.turn())
  return {
    wake: () => setImmediate(() => all((lane) => lane.wake())),
    async stop() {
      clearInterval(timer)
      await releasing.stop()
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

/** Makes mails due again whose node has died with them in hand. */
function releaseForsaken({ db, now, log }: SenderDeps): () => Promise<void> {
  const forsakenOf = watchForForsaken()
  return async () => {
    try {
      const forsaken = forsakenOf(await selectInHand(db), performance.now())
      for (const mail of forsaken) await releaseMail(db, mail, now())
      if (forsaken.length > 0)
        log.warn({ mails: forsaken.length }, 'a node died with mails in hand')
    } catch (error) {
      log.error({ err: error }, 'the outbox cannot be read')
    }
  }
}

/** False when another node has taken the mail. */
async function sendOne(deps: SenderDeps, row: OutboxRow, transport: Transport): Promise<boolean> {
  const { db, keys, now } = deps
  const [time, claimedAt] = [now(), performance.now()]
  if (row.sealed === null || !(await claimMail(db, row, time + lease))) return false
  const left = row.expires_at === null ? sendWithin : Math.max(0, row.expires_at - time)
  using inHand = keepInHand(db, claimed(row), claimedAt)
  try {
    const mail = { id: row.id, ...unsealMail(keys, row.id, row.sealed) }
    const late = AbortSignal.timeout(Math.min(sendWithin, left))
    await transport.send(mail, AbortSignal.any([inHand.lost, late]))
  } catch (error) {
    await putAside(deps, row, error)
    return true
  }
  await markSent(db, row.id, now())
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
    {
      ...{ mail: row.id, kind: row.kind, account: row.account_id, requestId: row.request_id },
      ...{ tries: row.tries + 1, givenUp, reason: reasonOf(error) },
    },
    'a mail was not sent',
  )
  const mail = claimed(row)
  if (givenUp) return deps.giveUp({ ...row, ...mail }, answerCodes(error))
  if (hasExpired(row, time)) return markExpired(db, mail)
  const refusedForGood = refusal === 'for good'
  const wait = (refusedForGood ? retryAfterRefusal : undefined) ?? retryAfter(row.tries)
  await postponeMail(db, mail, { nextTryAt: time + wait, refusedSince, refusedForGood })
}

/** The row as this node's claim has left it. */
function claimed({ id, tries }: OutboxRow): ClaimedMail {
  return { id, tries: tries + 1 }
}

function retryAfter(triesBefore: number): number {
  return Math.min(firstMailRetry * 2 ** triesBefore, longestMailRetry)
}
