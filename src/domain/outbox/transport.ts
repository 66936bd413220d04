// The connection to the mail server.
import { randomBytes } from 'node:crypto'
import { seconds } from '../../kernel/clock.ts'
import type { MailConfig } from '../../settings/config.ts'
import type { SealedMail } from './outbox.ts'

export interface Transport {
  /** Resolves when the server has accepted the mail; rejects with the library's error. */
  send(mail: SealedMail, milliseconds: number): Promise<void>
  /** Aborts the mails in hand. */
  abort(): void
  close(): void
}

/** A pool of at most `maxConnections`, kept open between mails. The first mail loads the library and opens it. */
export function openTransport(config: MailConfig, maxConnections: number): Transport {
  const open = async () => {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      url: config.smtpUrl,
      pool: true,
      maxConnections,
      connectionTimeout: 10 * seconds,
      greetingTimeout: 10 * seconds,
      socketTimeout: 30 * seconds,
    })
  }
  let opened: ReturnType<typeof open> | undefined
  const stopping = new AbortController()
  return {
    async send(mail, milliseconds) {
      const transport = await (opened ??= open())
      await transport.sendMail({
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(milliseconds)]),
        // A copy: the library modifies its arguments.
        from: { ...config.from },
        // An object: the library would parse a string as a list of addresses.
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        messageId: `<${messageName()}@${config.from.address.split('@')[1] ?? 'localhost'}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    abort: () => stopping.abort(),
    close: () => void opened?.then((transport) => transport.close({ force: true })),
  }
}

/** Letters only: in a mail with a code, only the code is a run of six digits (rule 27). */
function messageName(): string {
  return [...randomBytes(24)].map((byte) => 'abcdefghijklmnop'[byte % 16]).join('')
}
