import type { SecondFactor } from '../../../domain/tables/tables.ts'
import type { SentCode } from '../../parts/code-pages.ts'
import type { PasskeyRow } from '../../parts/passkey-pages.ts'

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
