import type { SentCode } from '../email-codes/pages.ts'
import type { PasskeyRow } from '../passkeys/pages.ts'
import type { SecondFactor } from '../storage/tables.ts'

/** What the pages of a registration are drawn from. */
export interface NewPasskeyPageParts {
  /** Where the registration stands; the server knows, so that a reload and a second tab agree. */
  readonly stage: 'again' | 'prove' | 'code' | 'name'
  readonly passkeys: readonly PasskeyRow[]
  readonly code: SentCode | null
  readonly registerUntil: number | null
  readonly now: number
  readonly onPhone: boolean
  readonly onWindows: boolean
  readonly suggestions: { readonly 'this-device': string; readonly phone: string }
  readonly secondFactor: SecondFactor
}
