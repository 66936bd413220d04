// How a mail goes to the mail server.
import { randomBytes } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { seconds } from '../../kernel/clock.ts'
import type { MailConfig } from '../../settings/config.ts'
import type { SealedMail } from './outbox.ts'

export interface Transport {
  /** Resolves when the server has taken the mail; rejects with what the library says. */
  send(mail: SealedMail, milliseconds: number): Promise<void>
  /** Gives up what is on its way. */
  abort(): void
  close(): void
}

/** At most so many connections to the mail server, kept open between mails. */
export function openTransport(config: MailConfig, maxConnections: number): Transport {
  const transport = createTransport({
    url: config.smtpUrl,
    pool: true,
    maxConnections,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 30 * seconds,
  })
  const stopping = new AbortController()
  return {
    async send(mail, milliseconds) {
      await transport.sendMail({
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
    },
    abort: () => stopping.abort(),
    close: () => transport.close({ force: true }),
  }
}

/** Letters only: in a code's mail nothing but the code is a run of six digits (rule 27). */
function messageName(): string {
  return [...randomBytes(24)].map((byte) => 'abcdefghijklmnop'[byte % 16]).join('')
}
