import type { Provider } from 'oidc-provider'
import type { Session } from '../../../domain/sessions/session.ts'
import { hashToken } from '../../../kernel/secrets.ts'
import { ownSession } from './own-request.ts'
import type { Seam } from './seam.ts'

export const oneSid: Seam = {
  changes: 'The `sid` of a client is derived from our session, and stands in every ID token.',
  because: `The library draws a new \`sid\` in each tab that signs in at the same time, and tells it only
    to clients that have an address for logouts today. A client may get such an address tomorrow, and
    must then know which session a logout token is about.`,
  methods: [
    'Client.prototype.includeSid',
    'Session.prototype.ensureClientContainer',
    'Session.prototype.sidFor',
  ],
  texts: [['actions/authorization/session.js', 'ctx.oidc.session.ensureClientContainer(']],
}

/** Lets the provider give a client one `sid` for each session of ours. */
export function deriveSid({ Client, Session }: Provider): void {
  const client = Client.prototype as unknown as { includeSid(): boolean }
  client.includeSid = () => true
  const session = Session.prototype as unknown as LibrarySession
  session.ensureClientContainer = function ensureSid(clientId) {
    const own = ownSession()
    if (own) this.sidFor(clientId, sidOf(own, clientId))
  }
}

interface LibrarySession {
  ensureClientContainer(clientId: string): void
  sidFor(clientId: string, value: string): void
}

/** Whether an ID token of that client was made in the session that the browser has now. */
export function isOfOwnSession({ sid }: { readonly sid?: unknown }, clientId: string): boolean {
  const own = ownSession()
  return own !== null && sid === sidOf(own, clientId)
}

function sidOf({ id }: Session, clientId: string): string {
  return hashToken(`sid ${id} ${clientId}`)
}
