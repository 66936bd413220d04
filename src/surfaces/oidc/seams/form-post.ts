import { Provider, type KoaContextWithOIDC } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const formPost: Seam = {
  changes: 'The response mode `form_post` is answered by a page of ours.',
  because: `The library's page sends its form by an inline script, which our Content-Security-Policy
    stops. The constructor registers the library's page, and the first registration of a mode counts.`,
  methods: ['registerResponseMode'],
  texts: [['helpers/initialize_app.js', `this.registerResponseMode('form_post'`]],
}

/** Takes an authorization response to an address of the client. */
export type HandOver = (
  ctx: KoaContextWithOIDC,
  address: string,
  answer: Readonly<Record<string, unknown>>,
) => void

/** The library's provider, with another page for `form_post`. */
export function withFormPost(handOver: HandOver): typeof Provider {
  return class extends Provider {
    override registerResponseMode(...[name, send]: Parameters<Provider['registerResponseMode']>) {
      super.registerResponseMode(name, name === 'form_post' ? handOver : send)
    }
  }
}
