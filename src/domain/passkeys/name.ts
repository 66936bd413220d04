import { comparableName, readShownName } from '../../kernel/shown-name.ts'
import { longestPasskeyName, mostPasskeyNameBytes } from '../../limits/passkeys.ts'

/** The name as it stays for ever (rule 1), or null when it is not allowed. */
export function readPasskeyName(text: string): string | null {
  const name = readShownName(text)
  if (name === null) return null
  if ([...comparableName(name)].length > longestPasskeyName) return null
  return Buffer.byteLength(name) <= mostPasskeyNameBytes ? name : null
}

/** Whether one of the passkeys has this name, compared as `comparableName`. */
export function isNameTaken(passkeys: readonly { readonly name: string }[], name: string): boolean {
  const wanted = comparableName(name)
  return passkeys.some((passkey) => comparableName(passkey.name) === wanted)
}
