// What support reads of a caller's page, and says to the caller: three sentences for each cause.
import type { Language } from '../../../kernel/http/language.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** Why the caller is stuck, as far as the page and the trail tell. */
export type CallCause = keyof typeof ja.causes

/** What the agent reads, and the three sentences for the caller. */
interface CauseWords {
  readonly cause: string
  readonly say: readonly [happened: string, now: string, otherwise: string]
}

export interface CallTexts {
  /** What is told where a number is refused, in place of what is told anywhere else. */
  readonly refusals: Readonly<
    Record<keyof typeof ja.refusals, { readonly title: string; readonly detail: string }>
  >
  readonly pages: Readonly<Record<keyof typeof ja.pages, string>>
  /** Why a try was refused, by the word that the trail has. */
  readonly tries: Readonly<Record<string, string>>
  readonly causes: Readonly<Record<CallCause, CauseWords>>
}

export const callTexts: Readonly<Record<Language, CallTexts>> = { ja, en }
