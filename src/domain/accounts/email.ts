const local = /^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}$/u
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Whether a text is exactly one plain mail address. */
export function isEmailAddress(text: string): boolean {
  const [name = '', domain = '', ...rest] = text.split('@')
  if (rest.length > 0 || domain.length > 253 || !local.test(name)) return false
  return domain.split('.').every((part) => label.test(part))
}
