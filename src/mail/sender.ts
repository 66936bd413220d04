// Takes mails from the outbox to the mail server. Every node runs one; each mail is taken by one of them.
import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { MailConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import { days, minutes, seconds } from '../ground/clock.ts'
import { unsealMail, type SealedMail } from './outbox.ts'
import {
  claimMail,
  postponeMail,
  selectDue,
  wipeExpired,
  wipeMail,
  type OutboxRow,
} from './store.ts'

const lookEvery = 1 * seconds
const mailsAtOnce = 20
/** All that one mail may take, our own queue and the mail server's last word included. */
const sendWithin = 1 * minutes
/** Longer than that, so that no other node sends a mail that is on its way. */
const lease = 2 * minutes
/** With the second until somebody looks, within the five of rule 26. */
const firstRetry = 4 * seconds
const longestRetry = 1 * minutes
/** A mail server that refuses a mail for so long will not take it. One that is down is waited for. */
const giveUpAfter = 1 * days
/** How long a node that stops waits for a mail server that does not answer. */
const stopWithin = 1 * seconds

export interface MailSender {
  /** Looks into the outbox now instead of at the next turn. */
  wake(): void
  /** Finishes what is in hand, in at most about two seconds; what is not sent then waits for a node. */
  stop(): Promise<void>
}

type SenderDeps = Pick<Deps, 'db' | 'keys' | 'now' | 'log'>

/** Starts sending. A mail server that is down loses nothing: mails wait, and expire unsent if they must. */
export function startSender(deps: SenderDeps, config: MailConfig): MailSender {
  const { log } = deps
  const transport = createTransport({
    url: config.smtpUrl,
    pool: true,
    maxConnections: 5,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 30 * seconds,
  })
  const stopping = new AbortController()
  const send = (mail: SealedMail, milliseconds: number) =>
    transport.sendMail({
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(milliseconds)]),
      // A copy: the library writes into what it is given.
      from: { ...config.from },
      // As an object: a plain text would be read as a list of addresses.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      messageId: `<${messageName()}@${config.from.address.split('@')[1] ?? 'localhost'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })

  let stopped = false
  let again = false
  let looking: Promise<void> | null = null
  const inHand = new Set<Promise<void>>()
  const take = async () => {
    for (const row of await dueMails(deps, mailsAtOnce - inHand.size)) {
      const sending = sendOne(deps, row, send)
        .catch((error: unknown) => log.error({ err: error }, 'the outbox cannot be written'))
        .finally(() => inHand.delete(sending))
      inHand.add(sending)
    }
  }
  const look = () => {
    if (stopped) return
    again = looking !== null
    looking ??= take()
      .catch((error: unknown) => log.error({ err: error }, 'the outbox cannot be read'))
      .finally(() => {
        looking = null
        if (again) look()
      })
  }
  const timer = setInterval(look, lookEvery)
  look()
  return {
    wake: () => setImmediate(look),
    async stop() {
      stopped = true
      clearInterval(timer)
      const impatience = setTimeout(() => stopping.abort(), stopWithin)
      const finished = Promise.resolve(looking).then(() => Promise.all(inHand))
      await Promise.race([finished, wait(2 * stopWithin, undefined, { ref: false })])
      clearTimeout(impatience)
      transport.close({ force: true })
    },
  }
}

async function dueMails({ db, now }: SenderDeps, most: number): Promise<OutboxRow[]> {
  if (most <= 0) return []
  const due = await selectDue(db, now(), most)
  const time = now()
  if (due.some((row) => hasExpired(row, time))) await wipeExpired(db, time)
  return due.filter((row) => !hasExpired(row, time))
}

function hasExpired({ expires_at: end }: OutboxRow, time: number): boolean {
  return end !== null && end <= time
}

async function sendOne(
  { db, keys, now, log }: SenderDeps,
  row: OutboxRow,
  send: (mail: SealedMail, milliseconds: number) => Promise<unknown>,
): Promise<void> {
  const time = now()
  if (row.sealed === null || !(await claimMail(db, row, time + lease))) return
  const left = row.expires_at === null ? sendWithin : Math.max(0, row.expires_at - time)
  try {
    const mail = unsealMail(keys, row.id, row.sealed)
    await send(mail, Math.min(sendWithin, left))
  } catch (error) {
    const givenUp = isRefusal(error) && time > row.created_at + giveUpAfter
    log.warn(
      { mail: row.id, kind: row.kind, tries: row.tries + 1, givenUp, reason: reasonOf(error) },
      'a mail was not sent',
    )
    if (givenUp || hasExpired(row, now())) await wipeMail(db, row.id, null)
    else await postponeMail(db, row.id, now() + retryAfter(row.tries))
    return
  }
  await wipeMail(db, row.id, now())
}

function retryAfter(triesBefore: number): number {
  return Math.min(firstRetry * 2 ** triesBefore, longestRetry)
}

/** Whether it is this mail that the server does not want. */
function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === 'EENVELOPE' || code === 'EMESSAGE'
}

/** Why a mail was not sent, without the address and the text that the library's messages repeat. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { name, code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown }
  return [name, code, responseCode].filter(Boolean).join(' ')
}

/** Letters only: in a code's mail nothing but the code is a run of six digits (rule 27). */
function messageName(): string {
  return [...randomBytes(24)].map((byte) => 'abcdefghijklmnop'[byte % 16]).join('')
}
