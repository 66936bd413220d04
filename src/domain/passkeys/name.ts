import { longestPasskeyName } from '../../kernel/limits.ts'
import { comparableName, readShownName } from '../../kernel/shown-name.ts'

/** The name as it will stay for ever (rule 1), or null when it may not be used. */
export function readPasskeyName(text: string): string | null {
  const name = readShownName(text)
  if (name === null) return null
  return [...comparableName(name)].length <= longestPasskeyName ? name : null
}

/** Whether one of the passkeys has this name, however either is written. */
export function isNameTaken(passkeys: readonly { readonly name: string }[], name: string): boolean {
  const wanted = comparableName(name)
  return passkeys.some((passkey) => comparableName(passkey.name) === wanted)
}
