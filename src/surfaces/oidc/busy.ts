import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Deps } from '../../domain/deps.ts'
import { isUnavailable } from '../../kernel/db/unavailable.ts'
import { errorPage } from '../frame/page.ts'
import { draw } from './draw.ts'
import { takeBack } from './keep-changes.ts'
import { ownVisit, type Middleware } from './seams/own-request.ts'

/** Logs the failures of the provider, and answers 503 while the database is unavailable. */
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
    await next().catch((error: unknown) => {
      note(ctx, error)
      if (!isUnavailable(error)) throw error
    })
    if (isUnavailable(failures.get(ctx))) sayBusy(ctx)
  }
}

function sayBusy(ctx: KoaContextWithOIDC): void {
  takeBack(ctx)
  ctx.status = 503
  ctx.set('Retry-After', '5')
  if (ctx.accepts('json', 'html') === 'html') {
    draw(ctx, (context, requestId) =>
      errorPage(context, { status: 503, ...context.texts.problems.busy, requestId }),
    )
  } else {
    ctx.body = { error: 'temporarily_unavailable', error_description: 'come again in a moment' }
  }
}
