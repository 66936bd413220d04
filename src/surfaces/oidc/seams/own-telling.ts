import type { Provider } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const ownTelling: Seam = {
  changes: 'The library sends no logout token of its own accord; `sendLogoutToken` does.',
  because: `The library tells clients once, and at its own logout page alone. Sekisho tells them of
    every session that ends, and again until they answer (logout.ts).`,
  methods: ['Client.prototype.backchannelLogout'],
  texts: [['actions/end_session.js', 'client.backchannelLogout(accountId, sid)']],
}

interface LibraryClient {
  readonly backchannelLogoutUri?: string
  backchannelLogout(accountId: string, sid: string | null): Promise<void>
}

export type SendLogoutToken = (
  clientId: string,
  accountId: string,
  sid: string | null,
) => Promise<void>

/**
 * Silences the provider's own logout tokens, and returns what sends one: it resolves when the client has
 * taken it, or has no address for logouts (OpenID Connect Back-Channel Logout 1.0).
 */
export function takeOverTelling({ Client }: Provider): SendLogoutToken {
  const prototype = Client.prototype as unknown as LibraryClient
  const send = prototype.backchannelLogout
  prototype.backchannelLogout = () => Promise.resolve()
  return async (clientId, accountId, sid) => {
    const client = (await Client.find(clientId)) as unknown as LibraryClient | undefined
    if (client?.backchannelLogoutUri) await send.call(client, accountId, sid)
  }
}
