// The mail server, and what the sender's domain says of who may send.
import { Resolver } from 'node:dns/promises'
import { seconds } from '../../../kernel/clock.ts'
import type { MailConfig } from '../../../settings/config.ts'
import { reasonOf, type Check, type Finding } from './finding.ts'

const within = 8 * seconds

/** Connects, speaks TLS and signs in as a node does; a mail goes out only to an address that is given. */
export function mailCheck({ smtpUrl, from }: MailConfig, to: string | undefined): Check {
  return {
    name: 'mail',
    async run() {
      const { createTransport } = await import('nodemailer')
      const limits = { connectionTimeout: within, greetingTimeout: within, socketTimeout: within }
      const transport = createTransport({ url: smtpUrl, ...limits })
      try {
        await transport.verify()
        const reached: Finding = {
          check: 'mail',
          state: 'ok',
          says: 'the server takes the sign-in',
        }
        if (to === undefined) return [reached]
        await transport.sendMail({
          from: { ...from },
          to: { name: '', address: to },
          subject: 'Sekisho: a test',
          text: 'This mail was sent by sekisho doctor. Nothing is to be done about it.',
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return [reached, { check: 'test mail', state: 'ok', says: 'the server has accepted it' }]
      } catch (error) {
        return [faultOf(error, to)]
      } finally {
        transport.close()
      }
    },
  }
}

/** The answer of a server may quote an address, so that only its code is told. */
function faultOf(error: unknown, to: string | undefined): Finding {
  const { code, command, responseCode } = error as Readonly<Record<string, unknown>>
  if (code === 'EAUTH') {
    return fault('the server refuses the user or the password', 'mend them in SEKISHO_SMTP_URL')
  }
  if (typeof responseCode === 'number') {
    const what = to !== undefined && command !== 'CONN' ? 'the test mail' : 'what is said to it'
    return fault(`the server refuses ${what} (${responseCode})`, 'ask who runs the server why')
  }
  const says = `the server cannot be reached, or its TLS is not trusted (${reasonOf(error)})`
  return fault(
    says,
    'look at host, port and certificate; an authority of your own: NODE_EXTRA_CA_CERTS',
  )
}

function fault(says: string, cure: string): Finding {
  return { check: 'mail', state: 'fault', says: `SEKISHO_SMTP_URL: ${says}`, cure }
}

/** SPF and DMARC of the sender's domain. A key for DKIM has a name that only the mail server knows. */
export function senderCheck({ from }: MailConfig): Check {
  const domain = from.address.split('@')[1] ?? ''
  const resolver = new Resolver({ timeout: 2 * seconds, tries: 2 })
  return {
    name: 'sender',
    async run() {
      try {
        return await Promise.all([
          record(resolver, 'SPF', domain, /^v=spf1\b/i),
          record(resolver, 'DMARC', `_dmarc.${domain}`, /^v=DMARC1\b/i),
          dkim(),
        ])
      } catch (error) {
        const says = `no resolver tells of ${domain} (${reasonOf(error)})`
        const cure = 'look at its SPF, DKIM and DMARC from elsewhere'
        return [{ check: 'sender', state: 'warning', says, cure }]
      }
    },
  }
}

async function record(
  resolver: Resolver,
  check: string,
  name: string,
  form: RegExp,
): Promise<Finding> {
  const texts = (await resolver.resolveTxt(name).catch(unlessNone)) ?? []
  const found = texts.map((parts) => parts.join('')).filter((text) => form.test(text))
  if (found.length === 1) return { check, state: 'ok', says: `${name} has a record` }
  const says = `${name} has ${found.length === 0 ? 'no record' : 'several records'}`
  const cure = 'publish one: mails with codes end among spam otherwise'
  return { check, state: 'warning', says, cure }
}

function dkim(): Finding {
  const says = 'not looked at: its selector is known to the mail server alone'
  const cure = 'send a mail by --mail-to, and look for dkim=pass in its headers'
  return { check: 'DKIM', state: 'warning', says, cure }
}

/** A domain without a record is an answer; a resolver that does not answer is none. */
function unlessNone(error: unknown): null {
  const { code } = error as { code?: unknown }
  if (code === 'ENODATA' || code === 'ENOTFOUND') return null
  throw error
}
