import { longestLoginId, shortestLoginId } from '../../limits/accounts.ts'

const pattern = new RegExp(`^[a-z0-9._@-]{${shortestLoginId},${longestLoginId}}$`)

/** The form in which login IDs are stored and looked up: NFKC, trimmed, lower case. */
export function normaliseLoginId(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** Whether a normalised login ID may be given to an account. */
export function isLoginId(normalised: string): boolean {
  return pattern.test(normalised)
}
