// The demo's mail server and mailbox: what customers would receive, kept in memory and shown on a page.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly receivedAt: number
}

export interface Mailbox {
  readonly smtpUrl: string
  /** The latest first. */
  readonly mails: readonly ReceivedMail[]
  stop(): Promise<void>
}

const mostMails = 50

/** Starts a mail server on a free loopback port; it keeps the last mails of all accounts. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, finish) {
      readAll(stream)
        .then((raw) => PostalMime.parse(raw))
        .then(({ subject, text }) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
          mails.unshift({ to, subject: subject ?? '', text: text ?? '', receivedAt: Date.now() })
          mails.length = Math.min(mails.length, mostMails)
          finish()
        }, finish)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
