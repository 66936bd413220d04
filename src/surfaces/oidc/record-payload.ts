// The form in which an adapter's payload lies in the database.
import type { AdapterPayload } from 'oidc-provider'

/** Stands in the payload for the record's own id, which is a bearer secret. JSON escapes this character. */
const idMark = '\u0001'

/** The payload as it is kept, without the id of its record. */
export function packPayload(id: string, payload: AdapterPayload): string {
  const { jti: _jti, ...kept } = payload
  return JSON.stringify(kept).replaceAll(id, idMark)
}

export function unpackPayload(id: string, packed: string): AdapterPayload {
  const text = packed.replaceAll(idMark, () => id)
  return { ...(JSON.parse(text) as AdapterPayload), jti: id }
}

/** The client that a payload is about; null for a session, which knows several, and for a proof. */
export function clientOf({ clientId, params }: AdapterPayload): string | null {
  const asking = params?.['client_id']
  return clientId ?? (typeof asking === 'string' ? asking : null)
}
