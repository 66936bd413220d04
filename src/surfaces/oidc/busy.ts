import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Deps } from '../../domain/deps.ts'
import { isUnavailable } from '../../kernel/db/unavailable.ts'
import { drawOwnFailure } from './draw.ts'
import { takeBack } from './keep-changes.ts'
import { ownVisit, type Middleware } from './seams/own-request.ts'

/**
 * Logs the failures of the provider, and answers 503 while the database is unavailable. What the library does
 * not answer itself, as it failed around it, is a server error with the headers of every answer.
 */
export function answerBusy(provider: Provider, { log }: Pick<Deps, 'log'>): Middleware {
  const failures = new WeakMap<object, unknown>()
  const note = (ctx: KoaContextWithOIDC, error: unknown) => {
    const requestId = ownVisit()?.get('requestId')
    const code = isUnavailable(error) ? 'busy' : 'internal_error'
    log.error({ requestId, code, err: error }, 'the OpenID provider failed')
    failures.set(ctx, error)
  }
  provider.on('server_error', note)
  return async function busy(ctx, next) {
    const isAnswered = await next().then(
      () => true,
      (error: unknown) => void note(ctx, error),
    )
    if (isUnavailable(failures.get(ctx))) {
      ctx.set('Retry-After', '5')
      answerFailure(ctx, 503, 'busy')
    } else if (!isAnswered) answerFailure(ctx, 500, 'internal_error')
  }
}

const bodies = {
  busy: { error: 'temporarily_unavailable', error_description: 'come again in a moment' },
  internal_error: { error: 'server_error', error_description: 'the server failed' },
}

function answerFailure(ctx: KoaContextWithOIDC, status: number, code: keyof typeof bodies): void {
  takeBack(ctx)
  ctx.status = status
  if (ctx.accepts('json', 'html') === 'html') drawOwnFailure(ctx, status, code)
  else ctx.body = bodies[code]
}
