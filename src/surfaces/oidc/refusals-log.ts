// Towards the caller a refusal says little on purpose; whoever runs Sekisho is told the rest.
import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Deps } from '../../domain/deps.ts'
import { isId } from '../../kernel/secrets.ts'
import { visits } from './visits.ts'

/** Writes for each refused request of an application which one it was, and why. */
export function logRefusals(provider: Provider, { log }: Pick<Deps, 'log'>): void {
  const write = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    // Corrected into an answer.
    if (ctx.status < 400) return
    const visit = visits.get(ctx.res)
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
}

/** The client that the caller says it is, if that can be the ID of one and no secret by mistake. */
function askedClient(ctx: KoaContextWithOIDC): string | undefined {
  const [, basic = ''] = /^Basic (\S+)$/i.exec(ctx.get('authorization')) ?? []
  const [named] = Buffer.from(basic, 'base64').toString().split(':')
  return [ctx.oidc.params?.['client_id'], named].find(
    (one): one is string => typeof one === 'string' && isId(one),
  )
}
