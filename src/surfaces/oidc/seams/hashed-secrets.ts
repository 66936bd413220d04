import { errors, Provider } from 'oidc-provider'
import { hashToken, sameText } from '../../../kernel/secrets.ts'
import type { Seam } from './seam.ts'

export const hashedSecrets: Seam = {
  changes:
    'A client secret is hashed before it is compared, and refused when it came the other way.',
  because: `The library compares secrets in plain text, while the database holds hashes only; and it
    takes a secret from the header and from the body alike, whichever the client is registered for.`,
  methods: ['Client.prototype.compareClientSecret'],
  texts: [
    ['shared/client_auth.js', 'ctx.oidc.client.compareClientSecret(clientSecret)'],
    ['provider.js', 'static get ctx()'],
  ],
}

interface Client {
  readonly clientSecret: string
  readonly clientAuthMethod: string
  compareClientSecret(secret: string): boolean
}

/** Lets the provider compare the hash of a client's secret with the hash in the client's metadata. */
export function compareHashes(provider: Provider): void {
  const client = provider.Client.prototype as unknown as Client
  client.compareClientSecret = function compareHash(secret) {
    refuseOtherWay(this.clientAuthMethod)
    return sameText(this.clientSecret, hashToken(secret))
  }
}

function refuseOtherWay(registered: string): void {
  const inBody = Provider.ctx?.oidc.params?.['client_secret'] !== undefined
  const way = inBody ? 'client_secret_post' : 'client_secret_basic'
  if (way === registered) return
  throw new errors.InvalidClientAuth(`the secret came by ${way}, the client is for ${registered}`)
}
