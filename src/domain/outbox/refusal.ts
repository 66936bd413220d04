// Whether a mail server's answer refuses the mail itself, or the mail only has to wait for the server.

/** An error as nodemailer reports it. */
interface SmtpError extends Error {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
  readonly command?: unknown
}

/**
 * Whether the server refused this mail, for good (5xx) or for now. Null when the connection, the SMTP
 * login or our own sender address failed: an operator mends that, and the mail waits.
 */
export function readRefusal(error: unknown): 'for good' | 'for now' | null {
  const { code, responseCode, command } = error as SmtpError
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return null
  if (command === 'MAIL FROM') return null
  return Number(responseCode) >= 500 ? 'for good' : 'for now'
}

/** The codes of an answer, such as `550 5.1.1` (RFC 3463), without its text, which may quote the address. */
export function answerCodes(error: unknown): string {
  const { code, response, responseCode } = error as SmtpError
  const [, status] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? '')) ?? []
  return [responseCode, status].filter(Boolean).join(' ') || String(code)
}

/** Errors before any mail was sent, so that their messages contain no address and no text of a mail. */
const beforeAnyMail = new Set<unknown>(['ESOCKET', 'ETLS', 'EDNS'])

/** The reason for the log why a mail was not sent; for a bad certificate including the message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { name, message, code, originalCode, responseCode, response } = error as SmtpError
  const says = beforeAnyMail.has(code) && !response ? `(${message})` : null
  return [name, code, originalCode, responseCode, says].filter(Boolean).join(' ')
}
