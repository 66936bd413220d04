// The valid values of SEKISHO_SMTP_URL.
import { isLoopback } from '../kernel/loopback.ts'
import { isHostName, readWrittenUrl } from '../kernel/written-url.ts'

const flags = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized']
const minVersion = 'tls.minVersion'
const options = [...flags, 'name', 'localAddress', 'authMethod', 'tls.servername', minVersion]

/** The fault of a mail server's address, or null. Never quotes the address: it may hold a password. */
export function findSmtpFault(value: string): string | null {
  const url = readWrittenUrl(value)
  if (
    !url ||
    !/^smtps?:$/.test(url.protocol) ||
    !isHostName(url.hostname) ||
    !/^\/?$/.test(url.pathname)
  ) {
    return 'must be a URL such as smtps://user:password@mail.example.jp, where signs such as @ : / ? # % in a user or password are written as %40 and so on'
  }
  const unknown = [...url.options.keys()].find((name) => !options.includes(name))
  if (unknown !== undefined) return `may have these behind the ?: ${options.join(', ')}`
  const bent = flags.find((name) => !/^(true|false)$/.test(url.options.get(name) ?? 'true'))
  if (bent !== undefined) return `has ${bent} behind the ?, which is true or false`
  const oldest = url.options.get(minVersion) ?? 'TLSv1.2'
  return /^TLSv1\.[23]$/.test(oldest)
    ? null
    : `has ${minVersion} behind the ?, which is TLSv1.2 or TLSv1.3`
}

/** Whether an attacker on the network could read the mails, as verified TLS is not required. */
export function smtpGoesUnencrypted(value: string): boolean {
  const url = readWrittenUrl(value)
  if (url && isLoopback(url.hostname)) return false
  const has = (name: string, text: string) => url?.options.get(name) === text
  if (has('ignoreTLS', 'true') || has('tls.rejectUnauthorized', 'false')) return true
  return url?.protocol !== 'smtps:' && !has('requireTLS', 'true')
}
