// Secrets that people read from paper or a screen and type.
import { randomInt } from 'node:crypto'

/** Digits and letters of which no two are taken for each other (Crockford's Base32): 5 bits each. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** That many random signs. */
export function newSigns(length: number): string {
  return Array.from({ length }, () => signs[randomInt(signs.length)]).join('')
}

/** Signs as typed, in capitals and without what stands between them; null for any other length or sign. */
export function readSigns(typed: string, length: number): string | null {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}ー−]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return text.length === length && [...text].every((sign) => signs.includes(sign)) ? text : null
}
