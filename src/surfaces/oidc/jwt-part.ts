/** A part of a JWT, unverified: enough to refuse or to compare. What cannot be read holds nothing. */
export function readJwtPart(jwt: string, part: 0 | 1): Readonly<Record<string, unknown>> {
  try {
    const text = Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    return {}
  }
}
