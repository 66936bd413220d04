import type { SentCode } from '../../../../domain/email-codes/code.ts'
import type { WayBack } from '../../../oidc/way-back.ts'
import type { ChooserHints, PasskeyView } from '../../../parts/passkey-view.ts'

/** The content of a registration's pages. */
export interface NewPasskeyPageParts {
  readonly loginId: string
  /** The stage of the registration; the server knows it, so that a reload and a second tab agree. */
  readonly stage: 'full' | 'again' | 'prove' | 'code' | 'name'
  readonly passkeys: readonly PasskeyView[]
  /** Their names are taken too. */
  readonly suspended: readonly PasskeyView[]
  readonly hints: ChooserHints
  readonly code: SentCode | null
  readonly registerUntil: number | null
  readonly now: number
  readonly suggestions: { readonly 'this-device': string; readonly phone: string }
  /** The length and the end of a hold that would begin now. */
  readonly holdAhead: string
  readonly back: WayBack | null
}
