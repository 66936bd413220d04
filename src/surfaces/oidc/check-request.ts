// Checks of an authorization request beside those of the library.
import { errors, type KoaContextWithOIDC } from 'oidc-provider'

/** Every client must use PKCE: a request without it is refused with a message that says so. */
export function refuseWithoutPkce(ctx: KoaContextWithOIDC): boolean {
  if (ctx.oidc.params?.['code_challenge'] !== undefined) return true
  throw new errors.InvalidRequest(
    'PKCE is required of every client: send code_challenge and code_challenge_method=S256 (RFC 7636)',
  )
}

/** RFC 9449, §10: a code that is bound to anything but a key's thumbprint could never be redeemed. */
export function checkThumbprint(_ctx: KoaContextWithOIDC, thumbprint: string | undefined): void {
  if (thumbprint === undefined || /^[\w-]{43}$/.test(thumbprint)) return
  throw new errors.InvalidRequest('dpop_jkt is not the SHA-256 thumbprint of a key')
}
