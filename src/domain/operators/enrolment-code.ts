// Codes for enrolment (rule 37): two halves, so that each of two persons may carry one.
import { newSigns, readSigns } from '../../kernel/clear-signs.ts'
import { enrolmentHalf } from '../../limits/operators.ts'

export type Halves = readonly [string, string]

/** The halves of a new code, as they are shown. */
export function newEnrolmentHalves(): Halves {
  return [newHalf(), newHalf()]
}

/** A whole code, as it is shown. */
export function joinHalves([one, other]: Halves): string {
  return `${one}-${other}`
}

/**
 * A code as typed, in the one form that is hashed: in capitals, without what stands between the signs, the halves
 * in order. Null for what cannot be a code.
 */
export function readEnrolmentCode(typed: string): string | null {
  const text = readSigns(typed, 2 * enrolmentHalf)
  if (text === null) return null
  return [text.slice(0, enrolmentHalf), text.slice(enrolmentHalf)].toSorted().join('')
}

function newHalf(): string {
  const half = newSigns(enrolmentHalf)
  return `${half.slice(0, 4)}-${half.slice(4, 8)}-${half.slice(8)}`
}
