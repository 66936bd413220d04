// What a request of an application must have beside what the library looks at.
import { errors, Provider, type KoaContextWithOIDC } from 'oidc-provider'

/** Every client must use PKCE: called for a request that came without, it says so. */
export function refuseWithoutPkce(ctx: KoaContextWithOIDC): boolean {
  if (ctx.oidc.params?.['code_challenge'] !== undefined) return true
  throw new errors.InvalidRequest(
    'PKCE is required of every client: send code_challenge and code_challenge_method=S256 (RFC 7636)',
  )
}

/** RFC 9449, §10: the thumbprint of a key, or the code could never be redeemed. */
export function checkThumbprint(_ctx: KoaContextWithOIDC, thumbprint: string | undefined): void {
  if (thumbprint === undefined || /^[\w-]{43}$/.test(thumbprint)) return
  throw new errors.InvalidRequest('dpop_jkt is not the SHA-256 thumbprint of a key')
}

/** A secret comes as its client is registered to send it; the library takes either way from both. */
export function refuseOtherWay(registered: string): void {
  const inBody = Provider.ctx?.oidc.params?.['client_secret'] !== undefined
  const way = inBody ? 'client_secret_post' : 'client_secret_basic'
  if (way === registered) return
  throw new errors.InvalidClientAuth(`the secret came by ${way}, the client is for ${registered}`)
}
