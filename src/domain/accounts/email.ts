/** No sign that shows nothing, or turns the writing: what is read would be another address. */
const local = /^[^\s@<>(),;:"\\[\]\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]{1,64}$/u
const plain = /^[\x21-\x7e]+$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Whether a text is exactly one plain mail address. */
export function isEmailAddress(text: string): boolean {
  const [name = '', domain = '', ...rest] = text.split('@')
  if (rest.length > 0 || domain.length > 253 || !local.test(name)) return false
  return domain.split('.').every((part) => label.test(part))
}

/** Whether the desk may set a mail address: one without any sign that only looks like another. */
export function isDeskAddress(text: string): boolean {
  return isEmailAddress(text) && plain.test(text)
}
