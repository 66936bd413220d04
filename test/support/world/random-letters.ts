import { randomBytes } from 'node:crypto'

const letters = 'bcdfghjklmnpqrst'

/** No digits, of which six in a row are a code (rule 27); no vowels, so that no word is looked for in vain. */
export function randomLetters(count: number): string {
  return [...randomBytes(count)].map((byte) => letters[byte % letters.length]).join('')
}
