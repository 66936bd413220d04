import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const correctedErrors: Seam = {
  changes: 'Two refusals of the library are replaced in the event that follows them.',
  because: `RFC 7662, §2.2: a token that is none of ours, such as an ID token, is not active, and no error.
    RFC 9449, §5: a DPoP proof that comes twice is \`invalid_dpop_proof\`, not \`invalid_grant\`. The library
    emits the event after it has written the answer, and before the answer is sent.`,
  texts: [
    ['helpers/validate_dpop.js', 'DPoP proof JWT Replay detected'],
    ['shared/error_handler.js', 'provider.emit(eventName, ctx, err)'],
    ['shared/reject_structured_tokens.js', 'throw new UnsupportedTokenType('],
  ],
}

/** Corrects refusals before they are sent, and before refusals-log.ts writes them down. */
export function correctErrors(provider: Provider): void {
  provider.on('introspection.error', (ctx, error) => {
    if (error instanceof errors.UnsupportedTokenType) answer(ctx, 200, { active: false })
  })
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
