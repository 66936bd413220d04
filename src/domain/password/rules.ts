// The passwords that may be set: long enough, not common, not made of facts that an attacker knows.
import { dictionary } from '@zxcvbn-ts/language-common'
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'

export type PasswordFault = 'too_short' | 'too_long' | 'common' | 'made_of_context' | 'breached'

let common: Set<string> | null = null

/**
 * The fault of a new password, but for the list of breached ones, which `judgePassword` asks too; null when it
 * has none. Lengths count characters.
 */
export function findPasswordFault(
  password: string,
  context: { loginId: string; email: string; brand: string },
): PasswordFault | null {
  const length = [...password].length
  if (length < shortestPassword) return 'too_short'
  if (length > longestPassword) return 'too_long'
  common ??= new Set(dictionary['passwords-common'])
  const lower = password.toLowerCase()
  if (common.has(lower) || /^(.)\1*$/su.test(lower)) return 'common'
  return isMadeOf(lower, contextWords(context)) ? 'made_of_context' : null
}

/** True for context words with only digits, signs and at most two letters added. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), password)
  return rest !== password && (rest.match(/\p{L}/gu) ?? []).length < 3
}

function contextWords({ loginId, email, brand }: Record<'loginId' | 'email' | 'brand', string>) {
  const words = [loginId, email, brand].flatMap((text) => [
    text.toLowerCase(),
    ...text.toLowerCase().split(/[^\p{L}\p{N}]+/u),
  ])
  return [...new Set(words)].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length)
}
