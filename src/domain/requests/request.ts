import type { Json } from '../../kernel/canonical-json.ts'
import type { RequestAct, RequestKind, RequestState } from '../vocabulary/desk.ts'

/** An act as it is stored: its name, and its values as its kind has read them. */
export interface StoredAct {
  readonly act: RequestAct
  readonly values: { readonly [name: string]: Json }
}

/** An identity check that the asker has done, with how and when. */
export interface IdentityCheck {
  readonly check: string
  readonly method?: string
  /** The number called back. */
  readonly number?: string
  readonly at?: string
}

/** What one operator asks and another approves. */
export interface DeskRequest {
  readonly id: string
  readonly kind: RequestKind
  readonly accountId: string | null
  readonly operatorId: string | null
  readonly askerId: string
  readonly names: readonly RequestAct[]
  /** None when they were erased. */
  readonly acts: readonly StoredAct[]
  readonly reason: string
  readonly ticket: string
  readonly checks: readonly IdentityCheck[]
  readonly text: string
  readonly digest: string
  readonly state: RequestState
  readonly askedAt: number
  readonly expiresAt: number
  readonly approverId: string | null
  readonly decidedAt: number | null
  readonly takesEffectAt: number | null
  readonly doneAt: number | null
  readonly closedReason: string | null
  readonly receipt: string | null
  readonly askerHalf: string | null
}

/** Why a request lapsed, in a fixed word. */
export type LapseReason = 'expired' | 'changed' | 'right_ended' | 'case_open'

/** Whether somebody may still approve it, as far as time tells. */
export function isOpen({ state, expiresAt }: DeskRequest, now: number): boolean {
  return state === 'waiting' && expiresAt > now
}

/** The state that is shown: one whose time is over is lapsed before the sweep says so. */
export function shownState(request: DeskRequest, now: number): RequestState {
  return request.state === 'waiting' && !isOpen(request, now) ? 'lapsed' : request.state
}
