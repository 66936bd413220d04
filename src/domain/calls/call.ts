// What is known of a call to support: the page whose number is read out, and the checks through it.
import type { Surroundings } from '../../kernel/http/user-agent.ts'
import type { CallFailure, CallPage, PageCheckAct, PageCheckState } from '../vocabulary/calls.ts'

/** The page that shows a number: what it is, and in which sign-in or session it stands. */
export interface StuckPage extends Surroundings {
  readonly page: CallPage
  readonly failure: CallFailure | null
  readonly signInId: string | null
  readonly sessionId: string | null
  readonly accountId: string | null
}

export interface CallNumber extends StuckPage {
  readonly id: string
  /** The operator who has looked last. */
  readonly operatorId: string | null
  readonly madeAt: number
  readonly expiresAt: number
}

/** An act in the words of a request, and what it concerns: a passkey's id, an address, or nothing more. */
export interface CheckedAct {
  readonly act: PageCheckAct
  readonly subject: string | null
}

export interface PageCheck extends CheckedAct {
  readonly id: string
  readonly callId: string
  readonly accountId: string
  readonly operatorId: string
  readonly digitsHash: string
  readonly state: PageCheckState
  readonly askedAt: number
  readonly expiresAt: number
  readonly doneAt: number | null
  /** What proved it. */
  readonly passkeyId: string | null
}
