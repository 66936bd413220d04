// Our clients in the vocabulary of oidc-provider, and what each kind must do (OAuth 2.1).
import type { Client } from '../../domain/clients/client.ts'
import type { ClientKind } from '../../domain/tables/openid-tables.ts'
import { previousSignIn } from './claims.ts'

/** The metadata in which the kinds differ (OpenID Connect Registration 1.0, §2). */
const byKind = {
  web: { application_type: 'web', token_endpoint_auth_method: 'client_secret_basic' },
  native: {
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    dpop_bound_access_tokens: true,
  },
  fapi: {
    application_type: 'web',
    token_endpoint_auth_method: 'private_key_jwt',
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
  },
} as const satisfies Record<ClientKind, Readonly<Record<string, string | boolean>>>

/** How an authorization response may travel; never in a fragment, which scripts and histories keep. */
export const responseModes = ['query', 'form_post'] as const

const scopes = 'openid profile offline_access'

/** The client's metadata for oidc-provider. The secret in it is the hash (hashed-secrets.ts). */
export function clientMetadata({ id, kind, name, secretHash, settings }: Client) {
  return {
    client_id: id,
    client_name: name,
    ...byKind[kind],
    ...(settings.authMethod && { token_endpoint_auth_method: settings.authMethod }),
    redirect_uris: [...settings.redirectUris],
    post_logout_redirect_uris: [...settings.postLogoutRedirectUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: [...responseModes],
    scope: settings.thirdParty ? scopes : `${scopes} ${previousSignIn}`,
    id_token_signed_response_alg: settings.idTokenAlg ?? 'ES256',
    ...(secretHash !== null && { client_secret: secretHash }),
    ...(settings.jwks !== null && { jwks: settings.jwks }),
    ...(settings.backchannelLogoutUri !== null && {
      backchannel_logout_uri: settings.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  }
}
