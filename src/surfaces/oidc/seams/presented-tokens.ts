import type { Provider } from 'oidc-provider'
import { ownUnit } from './own-request.ts'
import type { Seam } from './seam.ts'

export const presentedTokens: Seam = {
  changes: 'The code or refresh token that a client shows is noted where the library looks it up.',
  because: `The library says in words only that a token was used before, and does not say which one;
    by then the record is gone. The audit trail names the account and the client (rule 28).`,
  methods: ['AuthorizationCode.find', 'RefreshToken.find'],
  texts: [
    ['helpers/grant_source.js', 'already consumed'],
    ['actions/grants/refresh_token.js', 'already used'],
  ],
}

interface Presented {
  readonly kind: string
  readonly accountId: string
  readonly clientId?: string | undefined
  readonly consumed?: unknown
}

/** By what their requests change. */
const presented = new WeakMap<object, Presented>()

/** The library's words for a second use. */
const usedTwice = /already consumed|already used/

/** Whether a refusal of the library means that the token was used before. */
export function isSecondUse({ consumed }: Presented, detail: string | undefined): boolean {
  return consumed !== undefined || usedTwice.test(detail ?? '')
}

/** The code or refresh token that was shown in the request under way. */
export function presentedToken(): Presented | undefined {
  return presented.get(ownUnit())
}

/** Lets the provider note each code and refresh token that it looks up. */
export function noteTokens({ AuthorizationCode, RefreshToken }: Provider): void {
  for (const model of [AuthorizationCode, RefreshToken]) {
    const find = model.find.bind(model) as (...words: unknown[]) => Promise<Presented | undefined>
    const findAndNote = async (...words: unknown[]) => {
      const token = await find(...words)
      if (token) presented.set(ownUnit(), token)
      return token
    }
    Object.assign(model, { find: findAndNote })
  }
}
