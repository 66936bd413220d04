// What a mail server's answer means for a mail: wait for the server, or has it refused this mail?

/** As the library reports what went wrong. */
interface SmtpError extends Error {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
  readonly command?: unknown
}

/**
 * Whether the server speaks of this mail, and for good (5xx) or for now. Null where it is the way to
 * the server that failed, its sign-in, or our own sender: that is mended, and the mail waits.
 */
export function readRefusal(error: unknown): 'for good' | 'for now' | null {
  const { code, responseCode, command } = error as SmtpError
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return null
  if (command === 'MAIL FROM') return null
  return Number(responseCode) >= 500 ? 'for good' : 'for now'
}

/** The codes of an answer, such as `550 5.1.1` (RFC 3463): its words may repeat the address. */
export function answerCodes(error: unknown): string {
  const { code, response, responseCode } = error as SmtpError
  const [, status] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? '')) ?? []
  return [responseCode, status].filter(Boolean).join(' ') || String(code)
}

/** Where nothing of a mail has been said yet, so that a message holds no address and no text of one. */
const beforeAnyMail = new Set<unknown>(['ESOCKET', 'ETLS', 'EDNS'])

/** Why a mail was not sent, for the log: a certificate that is not trusted by its name and message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { name, message, code, originalCode, responseCode, response } = error as SmtpError
  const says = beforeAnyMail.has(code) && !response ? `(${message})` : null
  return [name, code, originalCode, responseCode, says].filter(Boolean).join(' ')
}
