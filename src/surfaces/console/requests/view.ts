// A request as its pages show it.
import type { Obstacle } from '../../../domain/requests/two-persons.ts'
import type { RequestAct, RequestKind, RequestState } from '../../../domain/vocabulary/desk.ts'
import type { Named } from '../../../operations/requests/look-at-requests.ts'

/** A row of a list; times are milliseconds. */
export interface RequestLine {
  readonly id: string
  readonly kind: RequestKind
  readonly names: readonly RequestAct[]
  /** The login ID, or the name of the operator, that it is about. */
  readonly about: string
  readonly asker: Named
  readonly state: RequestState
  readonly askedAt: number
  readonly expiresAt: number
}

/** The whole of it. */
export interface RequestView extends RequestLine {
  readonly accountId: string | null
  readonly text: string
  readonly digest: string
  readonly reason: string
  readonly ticket: string
  readonly checks: readonly {
    readonly check: string
    readonly method?: string
    readonly number?: string
    readonly at?: string
  }[]
  readonly approver: Named | null
  readonly approverSignedIn: boolean
  readonly decidedAt: number | null
  readonly takesEffectAt: number | null
  readonly doneAt: number | null
  readonly closedReason: string | null
  readonly hasReceipt: boolean
  /** Why who looks may not approve it, in a fixed word. */
  readonly obstacle: Obstacle | null
  /** Whether a code, or a half of one, waits for who looks. */
  readonly hasCode: boolean
}
