// A refusal tells the client little, on purpose; the operator finds the rest in the log.
import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Deps } from '../../domain/deps.ts'
import { isId } from '../../kernel/secrets.ts'
import { ownVisit } from './seams/own-request.ts'

export type LogRefusal = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => void

/**
 * Logs each refused request of a client: which client it was, and why it was refused. Returns what logs a
 * refusal that the library does not know of.
 */
export function logRefusals(provider: Provider, { log }: Pick<Deps, 'log'>): LogRefusal {
  const write: LogRefusal = (ctx, error) => {
    // correctErrors has turned the refusal into an answer.
    if (ctx.status < 400) return
    const visit = ownVisit()
    visit?.set('refusal', error.error)
    log.info(
      {
        requestId: visit?.get('requestId'),
        endpoint: ctx.oidc.route,
        client: ctx.oidc.client?.clientId ?? askedClient(ctx),
        code: error.error,
        reason: error.error_detail ?? error.error_description,
      },
      'an application was refused',
    )
  }
  provider.on('authorization.error', write)
  provider.on('pushed_authorization_request.error', write)
  provider.on('grant.error', write)
  provider.on('introspection.error', write)
  provider.on('revocation.error', write)
  provider.on('userinfo.error', write)
  provider.on('end_session.error', write)
  return write
}

/** The client that the caller says it is, unless that cannot be an ID: it may be a secret by mistake. */
function askedClient(ctx: KoaContextWithOIDC): string | undefined {
  const [, basic = ''] = /^Basic (\S+)$/i.exec(ctx.get('authorization')) ?? []
  const [named] = Buffer.from(basic, 'base64').toString().split(':')
  return [ctx.oidc.params?.['client_id'], named].find(
    (one): one is string => typeof one === 'string' && isId(one),
  )
}
