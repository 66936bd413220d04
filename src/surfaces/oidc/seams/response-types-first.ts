import type { Provider } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const responseTypesFirst: Seam = {
  changes: 'Every response mode is allowed to a request whose `response_type` is not `code`.',
  because: `Such a request is refused anyway. The library looks at the response mode first, and would
    blame that instead of the response type.`,
  methods: ['Client.prototype.responseModeAllowed'],
}

/** Lets the provider refuse a response type before it judges the response mode. */
export function judgeTypeFirst({ Client }: Provider): void {
  const client = Client.prototype as unknown as LibraryClient
  const allowed = client.responseModeAllowed
  client.responseModeAllowed = function allowMode(mode, type, profile) {
    return type !== 'code' || allowed.call(this, mode, type, profile)
  }
}

interface LibraryClient {
  responseModeAllowed(mode: string | undefined, type: string | undefined, profile?: string): boolean
}
