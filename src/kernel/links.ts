/** Whether a link is a path of this site, or plain http, https, tel or mailto. */
export function isLink(value: string): boolean {
  // Browsers drop blanks and read a backslash as a slash; two slashes lead to another host.
  if (/[\s\\\p{Cc}]/u.test(value)) return false
  if (/^\/(?!\/)/.test(value) || /^tel:\+?[\d().-]+$/.test(value)) return true
  if (/^mailto:[^@:/?]+@[^@:/?]+(\?|$)/.test(value)) return URL.canParse(value)
  return /^https?:\/\/[^/@]+(?:[/?#]|$)/i.test(value) && URL.canParse(value)
}
