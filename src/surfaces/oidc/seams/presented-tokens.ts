import { AsyncLocalStorage } from 'node:async_hooks'
import type { Provider } from 'oidc-provider'
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

const notes = new AsyncLocalStorage<{ token?: Presented | undefined }>()

/** The library's words for a second use, and those of our adapters. */
const usedTwice = /already consumed|already used|used already/

/** Whether a refusal of the library means that the token was used before. */
export function isSecondUse({ consumed }: Presented, detail: string | undefined): boolean {
  return consumed !== undefined || usedTwice.test(detail ?? '')
}

/** The token that was shown in the request under way. */
export function presentedToken(): Presented | undefined {
  return notes.getStore()?.token
}

/** Runs a request, and notes the code or refresh token that is looked up in it. */
export async function notingTokens(run: () => Promise<void>): Promise<Presented | undefined> {
  const noted: { token?: Presented } = {}
  await notes.run(noted, run)
  return noted.token
}

/** Lets the provider note each code and refresh token that it looks up. */
export function noteTokens({ AuthorizationCode, RefreshToken }: Provider): void {
  for (const model of [AuthorizationCode, RefreshToken]) {
    const find = model.find.bind(model) as (...words: unknown[]) => Promise<Presented | undefined>
    const findAndNote = async (...words: unknown[]) => {
      const token = await find(...words)
      const noted = notes.getStore()
      if (noted) noted.token = token
      return token
    }
    Object.assign(model, { find: findAndNote })
  }
}
