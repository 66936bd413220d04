/** Whether a text is one plain address that mail can be sent to, and nothing else. */
export function isEmailAddress(text: string): boolean {
  return /^[^\s@<>(),;:"\\[\]]{1,64}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])$/i.test(text)
}
