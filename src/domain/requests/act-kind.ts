import type { z } from 'zod'
import type { Json } from '../../kernel/canonical-json.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import type { DeskOperator } from '../operators/operator.ts'
import type { RequestAct } from '../vocabulary/desk.ts'
import type { Readings } from './readings.ts'

/** Whom a request is about. */
export interface Subject {
  readonly account: Account | null
  readonly operator: DeskOperator | null
}

/** What an act's text states: it is void as soon as `before` is not so any more (rule 38). */
export interface States {
  readonly before: Json
  readonly after: Json
}

/** The two who do it, why, and by which request. */
export interface Pair {
  readonly requestId: string
  readonly asker: DeskOperator
  readonly approver: DeskOperator
  readonly reason: string
}

/** An act of a request, as it was asked for. */
export interface Asked {
  readonly act: RequestAct
  readonly values: unknown
}

/** What its text is made in view of. */
export interface When {
  readonly now: number
  /** When it is done at the earliest. */
  readonly doneFrom: number
  readonly askedAt: number
  /** The acts before it in the same request, which are done first: the removal of the last passkey, say. */
  readonly earlier: readonly Asked[]
  /** All acts of the request: what the last passkey is does not depend on their order. */
  readonly together: readonly Asked[]
  /** What the request's text states of it; none while it is asked for. An act of many keeps to whom it names. */
  readonly before?: Json
}

export interface Performed {
  /** The operator that was made. */
  readonly operatorId?: string
  /** The halves of a code, each shown once. */
  readonly halves?: { readonly approver: string; readonly asker: string }
  /** Tells the activation code that lies sealed, for who asked for it, from any other. */
  readonly mark?: string
}

/** One act that a request may ask for. */
export interface ActKind<V> {
  readonly values: z.ZodType<V>
  /** Reads alone; throws a Problem where the act cannot be. */
  readonly states: (from: Readings, on: Subject, values: V, when: When) => Promise<States>
  /** Within the transaction of the approval, or of the end of the wait, in which it was stated once more. */
  readonly perform: (
    act: Act,
    on: Subject,
    values: V,
    pair: Pair,
    stated: States,
  ) => Promise<Performed>
  /**
   * What of it closes something, within the transaction of an approval that waits: it leaves the act's `before`
   * as it is. None where nothing closes.
   */
  readonly closeFirst?: (act: Act, on: Subject, values: V, pair: Pair) => Promise<void>
}
