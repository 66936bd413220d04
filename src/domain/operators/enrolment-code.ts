// Codes for enrolment (rule 37): two halves, so that each of two persons may carry one.
import { randomInt } from 'node:crypto'
import { enrolmentHalf } from '../../kernel/limits.ts'

/** Digits and letters of which no two are taken for each other (Crockford's Base32): 5 bits each. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

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
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}ー−]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (text.length !== 2 * enrolmentHalf || ![...text].every((sign) => signs.includes(sign))) {
    return null
  }
  return [text.slice(0, enrolmentHalf), text.slice(enrolmentHalf)].toSorted().join('')
}

function newHalf(): string {
  const half = Array.from({ length: enrolmentHalf }, () => signs[randomInt(signs.length)]).join('')
  return `${half.slice(0, 4)}-${half.slice(4, 8)}-${half.slice(8)}`
}
