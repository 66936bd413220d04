// Where the library's refusals are others than the specifications ask for.
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider'

/** Corrects them before they are sent, and before anybody writes them down. */
export function correctErrors(provider: Provider): void {
  // RFC 7662, §2.2: what is no token of ours, such as an ID token, is not active, and no error.
  provider.on('introspection.error', (ctx, error) => {
    if (error instanceof errors.UnsupportedTokenType) answer(ctx, 200, { active: false })
  })
  // RFC 9449, §5.
  provider.on('grant.error', (ctx, error) => {
    if (error.error_detail !== 'DPoP proof JWT Replay detected') return
    error.error = 'invalid_dpop_proof'
    const error_description = 'the DPoP proof was used before'
    answer(ctx, 400, { error: error.error, error_description })
  })
}

function answer(ctx: KoaContextWithOIDC, status: number, body: object): void {
  ctx.status = status
  ctx.type = 'json'
  ctx.body = body
}
