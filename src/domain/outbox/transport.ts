// The connection to the mail server.
import { hash } from 'node:crypto'
import type { createTransport } from 'nodemailer'
import { seconds } from '../../kernel/clock.ts'
import type { MailConfig } from '../../settings/config.ts'
import type { SealedMail } from './outbox.ts'

export interface Transport {
  /** Resolves when the server has accepted the mail; rejects with the library's error. */
  send(mail: SealedMail & { readonly id: string }, signal: AbortSignal): Promise<void>
  /** Aborts the mails in hand. */
  abort(): void
  close(): void
}

/** A pool of at most `maxConnections`, kept open between mails. The first mail loads the library and opens it. */
export function openTransport(config: MailConfig, maxConnections: number): Transport {
  const options = {
    url: config.smtpUrl,
    pool: true,
    maxConnections,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 30 * seconds,
  } as const
  // Not its promise, so that a load that failed is tried again with the next mail.
  let opened: ReturnType<typeof createTransport> | undefined
  const stopping = new AbortController()
  return {
    async send(mail, signal) {
      const library = await import('nodemailer')
      opened ??= library.createTransport(options)
      await opened.sendMail({
        signal: AbortSignal.any([stopping.signal, signal]),
        // A copy: the library modifies its arguments.
        from: { ...config.from },
        // An object: the library would parse a string as a list of addresses.
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        messageId: `<${messageName(mail.id)}@${config.from.address.split('@')[1] ?? 'localhost'}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    abort: () => stopping.abort(),
    close: () => opened?.close({ force: true }),
  }
}

/**
 * The same for each try, so that a mail that came twice is known as one. Letters only: in a mail with a code,
 * only the code is a run of six digits (rule 27).
 */
function messageName(id: string): string {
  return [...hash('sha256', id, 'buffer')].map((byte) => 'abcdefghijklmnop'[byte % 16]).join('')
}
