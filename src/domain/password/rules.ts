// The passwords that may be set: long enough, not common, not made of facts that an attacker knows.
import { dictionary } from '@zxcvbn-ts/language-common'
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'

export type PasswordFault = 'too_short' | 'too_long' | 'common' | 'made_of_context' | 'breached'

/** What an attacker knows of whoever sets the password. */
interface Context {
  readonly loginId: string
  readonly email: string
  readonly brands: readonly string[]
}

let common: Set<string> | null = null

/**
 * The fault of a new password, but for the list of breached ones, which `judgePassword` asks too; null when it
 * has none. Lengths count characters.
 */
export function findPasswordFault(password: string, context: Context): PasswordFault | null {
  const length = [...password].length
  if (length < shortestPassword) return 'too_short'
  if (length > longestPassword) return 'too_long'
  common ??= new Set(dictionary['passwords-common'])
  const plain = plainOf(password)
  if (common.has(plain) || /^(.)\1*$/su.test(plain)) return 'common'
  return isMadeOf(plain, contextWords(context)) ? 'made_of_context' : null
}

/** True for context words with only digits, signs and at most two letters added. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), password)
  return rest !== password && (rest.match(/\p{L}/gu) ?? []).length < 3
}

function contextWords({ loginId, email, brands }: Context): string[] {
  const words = [loginId, email, ...brands].map(plainOf).flatMap((text) => [text, ...partsOf(text)])
  return [...new Set(words)].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length)
}

/** As it is compared: full-width letters and capitals are others to nobody who guesses. */
function plainOf(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** The words of a text, and what of each is written in one script. */
function partsOf(text: string): string[] {
  const words = text.split(/[^\p{L}\p{N}]+/u)
  return words.flatMap((word) => [word, ...(word.match(scripts) ?? [])])
}

const scripts = /[\p{sc=Latin}\p{N}]+|\p{sc=Han}+|\p{scx=Katakana}+|\p{scx=Hiragana}+/gu
