const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * RFC 8259, §8.1: JSON is UTF-8. Throws for bytes that are not, which are never replaced by U+FFFD, and for an object
 * that has a member twice: who reads it otherwise would read another one.
 */
export function parseStrictJson(bytes: ArrayBuffer | Uint8Array): unknown {
  const text = utf8.decode(bytes)
  const value: unknown = JSON.parse(text)
  refuseTwice(text)
  return value
}

/** Throws where a text that is JSON has an object with two members of one name, however it is written. */
function refuseTwice(text: string): void {
  const within: Set<string>[] = []
  let last = '""'
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/gu)) {
    if (token === '{' || token === '[') within.push(new Set())
    else if (token === '}' || token === ']') within.pop()
    else if (token === ':') {
      const name = JSON.parse(last) as string
      const names = within.at(-1)
      if (names?.has(name)) throw new SyntaxError('a member of an object stands there twice')
      names?.add(name)
    } else last = token
  }
}
