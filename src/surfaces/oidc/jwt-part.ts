/** Header (0) or claims (1) of a JWT, unverified: only for refusing and comparing. Empty if unreadable. */
export function readJwtPart(jwt: string, part: 0 | 1): Readonly<Record<string, unknown>> {
  try {
    const text = Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    return {}
  }
}
