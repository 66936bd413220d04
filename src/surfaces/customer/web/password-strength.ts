// What can be said of a password while it is typed. The server judges by the same rules (rules.ts of
// src/domain/password) and knows more.

/** What an attacker knows of whoever sets the password. */
interface Known {
  readonly loginId: string
  /** The broker's names, and the address where the page knows it. */
  readonly others: readonly string[]
}

interface Lengths {
  readonly shortest: number
  readonly longest: number
}

export type TypedFault = 'too_short' | 'too_long' | 'common' | 'made_of_context'

/** The fault of a password; null where this page finds none. */
export function findTypedFault(
  password: string,
  { shortest, longest }: Lengths,
  known: Known,
  common: ReadonlySet<string>,
): TypedFault | null {
  const length = lengthOf(password)
  if (length < shortest) return 'too_short'
  if (length > longest) return 'too_long'
  const plain = plainOf(password)
  if (common.has(plain) || /^(.)\1*$/su.test(plain)) return 'common'
  return isMadeOf(plain, wordsOf(known)) ? 'made_of_context' : null
}

export function lengthOf(password: string): number {
  return [...password].length
}

function isMadeOf(password: string, words: readonly string[]): boolean {
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), password)
  return rest !== password && (rest.match(/\p{L}/gu) ?? []).length < 3
}

function wordsOf({ loginId, others }: Known): string[] {
  const words = [loginId, ...others].map(plainOf).flatMap((text) => [text, ...partsOf(text)])
  return [...new Set(words)].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length)
}

function plainOf(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function partsOf(text: string): string[] {
  const words = text.split(/[^\p{L}\p{N}]+/u)
  return words.flatMap((word) => [word, ...(word.match(scripts) ?? [])])
}

const scripts = /[\p{sc=Latin}\p{N}]+|\p{sc=Han}+|\p{scx=Katakana}+|\p{scx=Hiragana}+/gu

type Strength = 0 | 1 | 2 | 3

/** Bits from which on a password is called rather weak, strong and very strong. */
const steps = [24, 36, 50] as const

/** How strong a password is at the most: what it is made of may be known in ways that are not tried here. */
export function strengthOf(password: string, known: Known, common: ReadonlySet<string>): Strength {
  const bits = guessBits(plainOf(password), new Set(wordsOf(known)), common)
  // That some letters are capitals adds little: nearly always it is the first one.
  const capitals = /\p{Lu}/u.test(password) ? 2 : 0
  return steps.filter((step) => bits + capitals >= step).length as Strength
}

const wordBits = 12
const knownBits = 2
const runBits = 6
const longestWord = 24
/** Rows of keyboards, as fingers run along them. */
const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb']

/** The least effort, in bits, by which a password can be put together of what guessers try. */
function guessBits(
  password: string,
  known: ReadonlySet<string>,
  common: ReadonlySet<string>,
): number {
  const signs = [...password]
  const block = /^(.+?)\1+$/su.exec(password)?.[1]
  if (block !== undefined) {
    return guessBits(block, known, common) + Math.log2(password.length / block.length)
  }
  const least = [0]
  for (let end = 1; end <= signs.length; end += 1) {
    let best = (least[end - 1] ?? 0) + signBits(signs[end - 1] ?? '')
    for (let start = Math.max(0, end - longestWord); start <= end - 3; start += 1) {
      const bits = partBits(signs.slice(start, end).join(''), known, common)
      if (bits !== null) best = Math.min(best, (least[start] ?? 0) + bits)
    }
    least.push(best)
  }
  return least.at(-1) ?? 0
}

/** The effort of a part that guessers try as a whole; null for one that they have to put together. */
function partBits(
  part: string,
  known: ReadonlySet<string>,
  common: ReadonlySet<string>,
): number | null {
  if (known.has(part)) return knownBits
  if (/^(.)\1+$/su.test(part) || isRun(part)) return runBits
  if (/^(19|20)\d\d$/.test(part)) return runBits
  const spelled = part.replace(/[013457@$!]/g, (sign) => leet[sign] ?? sign)
  return common.has(part) || common.has(spelled) ? wordBits : null
}

const leet: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' },
  ...{ '7': 't', '@': 'a', $: 's', '!': 'i' },
}

/** Signs that follow each other, in the alphabet or on the keyboard, forwards or backwards. */
function isRun(part: string): boolean {
  const codes = [...part].map((sign) => sign.codePointAt(0) ?? 0)
  const step = (codes[1] ?? 0) - (codes[0] ?? 0)
  const isSteady = codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step)
  if (isSteady && Math.abs(step) === 1) return true
  const backwards = [...part].reverse().join('')
  return rows.some((row) => row.includes(part) || row.includes(backwards))
}

/** A sign that nothing else explains; people choose few of those that they could. */
function signBits(sign: string): number {
  if (/\d/.test(sign)) return 3.3
  if (/[a-z]/.test(sign)) return 4
  return /\p{ASCII}/u.test(sign) ? 5 : 7
}
