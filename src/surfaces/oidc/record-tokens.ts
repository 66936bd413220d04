// Rule 28: the audit trail has each sign-in to a client, and each code or token that was used twice.
import type { Provider } from 'oidc-provider'
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import { ownSession, ownUnit } from './seams/own-request.ts'
import { isSecondUse, noteTokens, presentedToken } from './seams/presented-tokens.ts'

/** Records each code with the request that it is issued to, and each second use of a code or refresh token. */
export function recordTokens(provider: Provider): void {
  noteTokens(provider)
  provider.on('authorization.success', ({ oidc: { session, client, acr } }) => {
    const accountId = session?.accountId
    if (accountId === undefined) return
    const detail = { client: client?.clientId ?? null, acr, session: ownSession()?.id ?? null }
    ownUnit().within((act) => record(act, { event: 'authn_token_created', accountId, detail }))
  })
  provider.on('grant.error', (ctx, { error_detail }) => {
    const token = presentedToken()
    // A client that shows another client's token is refused for that, and has used nothing.
    if (!token || token.clientId !== ctx.oidc.client?.clientId) return
    if (isSecondUse(token, error_detail)) ownUnit().within(recordReuse)
  })
}

/** Records that the token which the request has shown was used before. */
export function recordReuse(act: Act): void {
  const token = presentedToken()
  if (!token) return
  const { kind, accountId, clientId = null } = token
  const detail = { client: clientId, what: kind }
  record(act, { event: 'authn_token_reuse', accountId, detail })
}
