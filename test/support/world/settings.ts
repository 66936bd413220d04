import { randomBytes } from 'node:crypto'
import type { Environment } from '../../../src/settings/environment.ts'
import type { MailReceiver } from './mail-receiver.ts'
import type { TestDatabase } from './postgres.ts'

/** The settings that every server of a test or a measurement needs, with a new secret. */
export function settingsOf(
  origin: string,
  database: Pick<TestDatabase, 'address'>,
  mail: Pick<MailReceiver, 'url'>,
): Environment {
  return {
    SEKISHO_ORIGIN: origin,
    SEKISHO_DATABASE: database.address,
    SEKISHO_SECRET: randomBytes(32).toString('hex'),
    SEKISHO_PORT: '0',
    SEKISHO_SMTP_URL: mail.url,
    SEKISHO_MAIL_FROM: 'Sekisho <no-reply@example.jp>',
    SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32',
  }
}
