import type { Configuration } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const fetchAnywhere: Seam = {
  changes: "The library's requests go out without its dispatcher, and with a name.",
  because: `The dispatcher refuses private networks, where the clients of a broker may well be; an operator
    has registered their addresses. The library sends an empty User-Agent, which firewalls take for an
    attack.`,
  texts: [['helpers/fetch_request.js', 'options.dispatcher = dispatcher']],
}

/** Sends a request of the library to whatever address a client is registered with. */
export const fetchFromAnywhere: NonNullable<Configuration['fetch']> = (url, options) => {
  const headers = new Headers(options?.headers)
  headers.set('User-Agent', 'Sekisho')
  return fetch(url, { ...options, headers, ...{ dispatcher: undefined } })
}
