import type { Configuration } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const fetchAnywhere: Seam = {
  changes:
    "The library's requests go out without its dispatcher, and with a name; logout tokens with more time.",
  because: `The dispatcher refuses private networks, where the clients of a broker may well be; an operator
    has registered their addresses. The library sends an empty User-Agent, which firewalls take for an
    attack. An application that takes longer than the library waits would be told again meanwhile.`,
  texts: [
    ['helpers/fetch_request.js', 'options.dispatcher = dispatcher'],
    ['helpers/fetch_request.js', 'options.signal = AbortSignal.timeout(2500)'],
    ['models/client.js', "method: 'POST',"],
  ],
}

/**
 * Sends the library's requests to whatever address a client is registered with. A logout token, its only POST,
 * waits for an answer until `within` or `stopping`.
 */
export function fetchFromAnywhere(
  within: number,
  stopping: AbortSignal,
): NonNullable<Configuration['fetch']> {
  return (url, options) => {
    const headers = new Headers(options?.headers)
    headers.set('User-Agent', 'Sekisho')
    const isLogout = options?.method === 'POST'
    const signal = isLogout && AbortSignal.any([stopping, AbortSignal.timeout(within)])
    return fetch(url, {
      ...options,
      headers,
      ...(signal && { signal }),
      ...{ dispatcher: undefined },
    })
  }
}
