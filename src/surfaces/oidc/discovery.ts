// The provider's metadata beside the library's (RFC 8414, OpenID Connect Discovery 1.0).
import type { interactionPolicy } from 'oidc-provider'
import { assertionAlgorithms, secretMethods } from '../../domain/clients/client.ts'
import type { Site } from '../frame/site.ts'

/** The ways in which clients authenticate, the same at every endpoint. */
export const clientAuthMethods = [...secretMethods, 'private_key_jwt', 'none'] as const

/** Where a running Sekisho shows docs/integrate.md. */
export const integrationGuide = '/integrate.md'

/** Members that the library does not write, or does not know. */
export function discoveryBeside(
  { origin }: Pick<Site, 'origin'>,
  prompts: interactionPolicy.DefaultPolicy,
) {
  return {
    introspection_endpoint_auth_methods_supported: [...clientAuthMethods],
    introspection_endpoint_auth_signing_alg_values_supported: [...assertionAlgorithms],
    revocation_endpoint_auth_methods_supported: [...clientAuthMethods],
    revocation_endpoint_auth_signing_alg_values_supported: [...assertionAlgorithms],
    prompt_values_supported: ['none', ...prompts.map(({ name }) => name)],
    ui_locales_supported: ['ja', 'en'],
    service_documentation: `${origin}${integrationGuide}`,
  }
}
