const utf8 = new TextDecoder('utf-8', { fatal: true })

/** RFC 8259, §8.1: JSON is UTF-8. Throws for bytes that are not, which are never replaced by U+FFFD. */
export function parseStrictJson(bytes: ArrayBuffer | Uint8Array): unknown {
  return JSON.parse(utf8.decode(bytes))
}
