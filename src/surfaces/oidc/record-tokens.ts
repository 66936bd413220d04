// Rule 28: the audit trail has each sign-in to a client, and each code or token that was used twice.
import type { Provider } from 'oidc-provider'
import type { ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { recordAlone } from '../../operations/record-alone.ts'
import { ownSession, ownVisit, type Middleware } from './seams/own-request.ts'
import { isSecondUse, noteTokens, notingTokens, presentedToken } from './seams/presented-tokens.ts'

/** Records each code that is issued, before it is sent, and each second use of a code or refresh token. */
export function recordTokens(provider: Provider, deps: ActDeps): Middleware {
  noteTokens(provider)
  const issued = new WeakSet()
  const reused = new WeakSet()
  provider.on('authorization.success', (ctx) => issued.add(ctx))
  provider.on('grant.error', (ctx, { error_detail }) => {
    const token = presentedToken()
    // A client that shows another client's token is refused for that, and has used nothing.
    if (!token || token.clientId !== ctx.oidc.client?.clientId) return
    if (isSecondUse(token, error_detail)) reused.add(ctx)
  })
  return async function recordToken(ctx, next) {
    const token = await notingTokens(next)
    const visit = ownVisit()
    if (!visit) return
    const { session, client } = ctx.oidc ?? {}
    const caller = visit.get('caller')
    if (issued.has(ctx) && session?.accountId) {
      const clientId = client?.clientId ?? null
      const detail = { client: clientId, acr: ctx.oidc.acr, session: ownSession()?.id ?? null }
      const { accountId } = session
      await recordAlone(deps, asHolder(caller), { event: 'authn_token_created', accountId, detail })
    }
    if (reused.has(ctx) && token) {
      const { kind, accountId, clientId = null } = token
      const detail = { client: clientId, what: kind }
      const by = { ...caller, actor: 'application' } as const
      await recordAlone(deps, by, { event: 'authn_token_reuse', accountId, detail })
    }
  }
}
