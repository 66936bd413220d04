// The end of a request: what it has changed is kept before its answer leaves, or it is answered otherwise.
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider'
import { asHolder } from '../../domain/actor.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { keepOpenIdChanges } from '../../operations/openid/keep-changes.ts'
import type { Visit } from '../frame/visit.ts'
import type { LogRefusal } from './refusals-log.ts'
import { ownUnit, ownVisit, tokenCaller, type Middleware } from './seams/own-request.ts'

/** Keeps what the request under way has changed; throws why not when another request was first. */
export function keepOwnChanges(visit: Visit): Promise<void> {
  const caller = visit.get('caller')
  const by =
    tokenCaller() === null ? asHolder(caller) : { ...caller, actor: 'application' as const }
  return keepOpenIdChanges(visit.get('deps'), by, ownUnit())
}

/** Keeps the changes of the library's requests, of refused ones too, but not of those that failed. */
export function keepChanges(provider: Provider, logRefusal: LogRefusal): Middleware {
  const failed = new WeakSet()
  provider.on('server_error', (ctx) => failed.add(ctx))
  return async function keep(ctx, next) {
    await next()
    const visit = ownVisit()
    if (!visit || failed.has(ctx)) return
    try {
      await keepOwnChanges(visit)
    } catch (error) {
      const refusal = toRefusal(error)
      takeBack(ctx)
      if (isAsking(ctx)) {
        ctx.status = 303
        ctx.redirect(ctx.originalUrl)
      } else {
        ctx.status = refusal.statusCode
        ctx.type = 'json'
        ctx.body = { error: refusal.error, error_description: refusal.error_description }
        logRefusal(ctx, refusal)
      }
    }
  }
}

/** Takes away what an answer that is not given would lead to, and leave in the browser. */
export function takeBack(ctx: KoaContextWithOIDC): void {
  ctx.remove('Location')
  ctx.remove('Set-Cookie')
}

/** What a problem of ours is to a client. */
const reasons: Readonly<Record<string, string>> = {
  not_signed_in: 'its session has ended',
  start_again: 'its consent was taken back',
}

/** The error of a request that cannot stand; throws one that is no refusal. */
function toRefusal(error: unknown): errors.OIDCProviderError {
  if (error instanceof errors.OIDCProviderError) return error
  const reason = error instanceof Problem && reasons[error.code]
  if (!reason) throw error
  return new errors.InvalidGrant(reason)
}

/** An authorization request has changed nothing, and asks again how things stand now. */
function isAsking({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route === 'authorization' || oidc.route === 'resume'
}
