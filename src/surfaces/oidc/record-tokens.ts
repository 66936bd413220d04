// Rule 28, for applications: to which of them somebody signed in, and what was used twice.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Provider } from 'oidc-provider'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { ownSession } from './request.ts'
import { visits, type Middleware } from './visits.ts'

interface Presented {
  readonly kind: string
  readonly accountId: string
  readonly clientId?: string | undefined
  readonly consumed?: unknown
}

/** The library tells of a second use in words only, and by then the token is gone. */
const usedTwice = /already consumed|already used|used already/

/** Puts on record each code that is issued, before it goes out, and each code or token used twice. */
export function recordTokens(provider: Provider, deps: ActDeps): Middleware {
  const presented = new AsyncLocalStorage<{ token?: Presented | undefined }>()
  for (const model of [provider.AuthorizationCode, provider.RefreshToken]) {
    const find = model.find.bind(model) as (...words: unknown[]) => Promise<Presented | undefined>
    const findAndKeep = async (...words: unknown[]) => {
      const token = await find(...words)
      const kept = presented.getStore()
      if (kept) kept.token = token
      return token
    }
    Object.assign(model, { find: findAndKeep })
  }
  const issued = new WeakSet()
  const reused = new WeakSet()
  provider.on('authorization.success', (ctx) => issued.add(ctx))
  provider.on('grant.error', (ctx, { error_detail }) => {
    const token = presented.getStore()?.token
    // A client that shows what is another's is refused for that, and has used nothing.
    if (token?.clientId !== ctx.oidc.client?.clientId) return
    const wasUsed = token?.consumed !== undefined
    if (wasUsed || usedTwice.test(error_detail ?? '')) reused.add(ctx)
  })
  return async function recordToken(ctx, next) {
    const kept: { token?: Presented } = {}
    await presented.run(kept, next)
    const visit = visits.get(ctx.res)
    if (!visit) return
    const { session, client } = ctx.oidc ?? {}
    const caller = visit.get('caller')
    if (issued.has(ctx) && session?.accountId) {
      const { accountId } = session
      const clientId = client?.clientId ?? null
      const detail = { client: clientId, acr: ctx.oidc.acr, session: ownSession()?.id ?? null }
      await transact(deps, asHolder(caller), async (act) =>
        record(act, { event: 'authn_token_created', accountId, detail }),
      )
    }
    if (reused.has(ctx) && kept.token) {
      const { kind, accountId, clientId = null } = kept.token
      const detail = { client: clientId, what: kind }
      await transact(deps, { ...caller, actor: 'application' }, async (act) =>
        record(act, { event: 'authn_token_reuse', accountId, detail }),
      )
    }
  }
}
