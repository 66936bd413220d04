/** Whether a link leads where it says: a path of ours, http, https, tel or mailto. */
export function isLink(value: string): boolean {
  // Browsers leave blanks out and read a backslash as a slash, and two slashes lead to another host.
  if (/[\s\\\p{Cc}]/u.test(value)) return false
  if (/^\/(?!\/)/.test(value) || /^tel:\+?[\d().-]+$/.test(value)) return true
  if (/^mailto:[^@:/?]+@[^@:/?]+(\?|$)/.test(value)) return URL.canParse(value)
  return /^https?:\/\/[^/@]+(?:[/?#]|$)/i.test(value) && URL.canParse(value)
}
