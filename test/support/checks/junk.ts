// What no page of ours ever sends: texts, values and bodies that a server must get over.

type Json = unknown

const deep = 10_000

/** In place of any text. */
export const junkTexts: Readonly<Record<string, string>> = {
  'a NUL': 'a\u0000b',
  'only NULs': '\u0000\u0000',
  'a lone high surrogate': 'a\ud800b',
  'a lone low surrogate': '\udfff',
  'surrogates in the wrong order': '\udc00\ud800',
  nothing: '',
  'a byte order mark': '\ufeff',
  'signs that turn the writing direction': '\u202e\u2066admin\u2069',
  'a thousand joiners on one letter': `a${'\u0301'.repeat(1000)}`,
  'a letter that normalises to eighteen': '\ufdfa'.repeat(200),
  'a hundred thousand letters': 'a'.repeat(100_000),
  'an SQL quote': `' or 1=1 --`,
  'a path': '../../../../etc/passwd',
  'line breaks': 'a\r\nSet-Cookie: a=b\r\n\r\n',
  'a format': '%s%n%00${7*7}{{7*7}}',
  'a name of the prototype': '__proto__',
}

/** In place of any value at all. */
export const junkValues: Readonly<Record<string, Json>> = {
  null: null,
  'a flag': true,
  'a number': 1,
  'a number beyond all': 1e308,
  'an empty list': [],
  'a list of itself': [['a', ['a']], 'a'],
  'an empty object': {},
  'an object with a text': { toString: 'a', length: 3, 0: 'a' },
}

/** In place of a whole body; none of them is what any call takes. */
export const junkBodies: Readonly<Record<string, string | Uint8Array>> = {
  'no JSON': 'loginId=a&password=b',
  'JSON cut short': '{"loginId":"a","passw',
  'JSON and more': '{} {}',
  'a comment': '/* {} */ {}',
  'single quotes': "{'a':'b'}",
  NaN: 'NaN',
  null: 'null',
  'a flag': 'false',
  'a number': '-0',
  'a number of a thousand digits': '9'.repeat(1000),
  'a text': '"a"',
  'a list': '[{"loginId":"a"}]',
  'an object without members': '{}',
  'lists in lists': '['.repeat(deep) + ']'.repeat(deep),
  'lists in lists without an end': '['.repeat(deep),
  'objects in objects': '{"a":'.repeat(deep) + '1' + '}'.repeat(deep),
  __proto__: '{"__proto__":{"polluted":true,"loginId":"a","password":"b","code":"123456"}}',
  constructor: '{"constructor":{"prototype":{"polluted":true}},"toString":1}',
  'ten thousand members': JSON.stringify(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, index])),
  ),
  'broken UTF-8': Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  'UTF-16': Buffer.from('\ufeff{"code":"123456"}', 'utf16le'),
  'half a character': Uint8Array.from([0x22, 0xe3, 0x81]),
  bytes: Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
}

/** Every place in a value that holds a text or another plain value, as the keys that lead there. */
export function leavesOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

/** A copy with another value in one place. */
export function replaceAt(value: Json, path: readonly string[], by: Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return by
  const holder = value as Readonly<Record<string, Json>>
  const inner = replaceAt(holder[key], rest, by)
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? inner : (item as Json)))
    : { ...holder, [key]: inner }
}
