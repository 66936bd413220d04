// A real SMTP server on loopback: what arrives here has gone the whole way through the outbox.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'

export interface Mail {
  readonly from: string
  /** The addresses of the envelope: who really gets it. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
  /** The message as it came, headers and all. */
  readonly raw: string
}

export interface MailReceiver {
  /** A value for SEKISHO_SMTP_URL. */
  readonly url: string
  /** Every mail so far, in the order of arrival. */
  readonly mails: readonly Mail[]
  /** The first mail that fits and that no call has returned yet; waits for one, 10 s by default. */
  next(fits?: (mail: Mail) => boolean, timeoutMs?: number): Promise<Mail>
  /** Answers RCPT TO of this address, or MAIL FROM, with an SMTP code such as 451 or 550; `null` accepts again. */
  refuse(address: string, responseCode: number | null): void
  stop(): Promise<void>
}

/** Whether a mail has this subject, which in a notice stands beside the same in the other language. */
export function hasSubject({ subject: whole }: Pick<Mail, 'subject'>, subject: string): boolean {
  return whole === subject || whole.split(' / ').includes(subject)
}

/** Starts a receiver on a free port, or on the port of one that was stopped. */
export async function startMailReceiver(port = 0): Promise<MailReceiver> {
  const mails: Mail[] = []
  const taken = new Set<Mail>()
  const refused = new Map<string, number>()
  const waiting = new Set<() => void>()
  const sockets = new Set<Socket>()

  function refuseAddress(
    { address }: SMTPServerAddress,
    _session: unknown,
    done: (error?: Error) => void,
  ) {
    const responseCode = refused.get(address)
    if (responseCode === undefined) return done()
    done(Object.assign(new Error(`5.1.1 <${address}> refused by the test`), { responseCode }))
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onMailFrom: refuseAddress,
    onRcptTo: refuseAddress,
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address)
      receive(stream, to).then(
        (mail) => {
          mails.push(mail)
          done()
          for (const look of waiting) look()
        },
        (error: Error) => done(error),
      )
    },
  })
  // A client that drops its connection is no concern of the receiver.
  server.on('error', () => {})
  server.server.on('connection', (socket) => sockets.add(socket))
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const { port: ownPort } = server.server.address() as AddressInfo

  async function next(fits = (_: Mail) => true, timeoutMs = 10_000): Promise<Mail> {
    const { promise, resolve, reject } = Promise.withResolvers<Mail>()
    const look = () => {
      const mail = mails.find((one) => !taken.has(one) && fits(one))
      if (!mail) return
      taken.add(mail)
      waiting.delete(look)
      resolve(mail)
    }
    const giveUp = () => {
      const subjects = mails.map((mail) => `${mail.to.join()}: ${mail.subject}`)
      reject(new Error(`no such mail within ${timeoutMs} ms, only ${JSON.stringify(subjects)}`))
    }
    const timer = setTimeout(giveUp, timeoutMs)
    waiting.add(look)
    look()
    return promise.finally(() => {
      clearTimeout(timer)
      waiting.delete(look)
    })
  }

  return {
    url: `smtp://127.0.0.1:${ownPort}`,
    mails,
    next,
    refuse: (address, responseCode) => {
      if (responseCode === null) refused.delete(address)
      else refused.set(address, responseCode)
    },
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** The code of a mail: its one run of exactly six digits (rule 27), else the test fails. */
export function codeOf(mail: Mail): string {
  const runs = mail.text.match(/(?<!\d)\d{6}(?!\d)/g) ?? []
  assert.equal(runs.length, 1, `not one run of six digits in:\n${mail.text}`)
  return runs.join()
}

async function receive(stream: NodeJS.ReadableStream, to: string[]): Promise<Mail> {
  const bytes = await buffer(stream)
  const { from, subject, text, html } = await PostalMime.parse(bytes)
  return {
    from: from?.address ?? '',
    to,
    subject: subject ?? '',
    text: text ?? '',
    html,
    raw: bytes.toString(),
  }
}
