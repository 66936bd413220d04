// Bends a real request where it hurts: one place of its body, its cookies, its headers or its address.
import { junkBodies, junkTexts, junkValues, leavesOf, replaceAt } from '../support/checks/junk.ts'
import type { RawRequest } from '../support/world/http-client.ts'
import type { Random } from './random.ts'

/** A request with its body as a value; `text` is sent in its place where there is one. */
export interface Bendable {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
  readonly text?: string | Uint8Array
}

/** What was seen before and may be put where it does not belong. */
export interface Seen {
  readonly requests: readonly Bendable[]
  readonly texts: readonly string[]
  readonly cookies: readonly string[]
}

type Bend = (request: Bendable, random: Random, seen: Seen) => Bendable

/** The request with one to three things bent. */
export function mutate(request: Bendable, random: Random, seen: Seen): Bendable {
  let bent = request
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    bent = random.pick(random.percent(75) && bent.body ? bodyBends : otherBends)(bent, random, seen)
  }
  return bent
}

/** As the HTTP client sends it. */
export function toRaw({ method, path, headers, body, text }: Bendable): RawRequest {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
  return sent === undefined
    ? { method, path, headers }
    : { method, path, headers: { 'content-type': 'application/json', ...headers }, body: sent }
}

const inOnePlace =
  (change: (value: unknown, random: Random, seen: Seen) => unknown): Bend =>
  (request, random, seen) => {
    const places = leavesOf(request.body)
    if (places.length === 0) return request
    const place = random.pick(places)
    const value = place.reduce<unknown>((inner, key) => memberOf(inner, key), request.body)
    return { ...request, body: replaceAt(request.body, place, change(value, random, seen)) }
  }

const bodyBends: readonly Bend[] = [
  inOnePlace((_, random) => random.pick(Object.values(junkTexts))),
  inOnePlace((_, random) => random.pick(Object.values(junkValues))),
  inOnePlace((value, random, seen) => (seen.texts.length ? random.pick(seen.texts) : value)),
  inOnePlace((value, random) => (typeof value === 'string' ? bendText(value, random) : [value])),
  inOnePlace((value, random) => (typeof value === 'string' ? bendBytes(value, random) : -1)),
  inOnePlace((value, random) => (typeof value === 'string' ? bendInside(value, random) : 1e21)),
  dropMember,
  doubleMember,
  addMember,
  (request) => ({ ...request, body: [request.body] }),
  (request, random) => ({ ...request, text: random.pick(Object.values(junkBodies)) }),
  (request, random, seen) => ({ ...request, body: random.pick(seen.requests).body }),
]

const otherBends: readonly Bend[] = [
  (request, random, seen) => withHeader(request, 'cookie', random.pick([...seen.cookies, ''])),
  (request, random, seen) => withHeader(request, 'cookie', mixCookies(random, seen)),
  (request, random) =>
    withHeader(request, 'origin', random.pick([undefined, 'null', 'https://evil.test'])),
  (request, random) => withHeader(request, 'host', random.pick(['evil.test', 'localhost:3001'])),
  (request, random) =>
    withHeader(
      request,
      'content-type',
      random.pick([undefined, 'text/plain', 'application/json;']),
    ),
  (request, random) =>
    withHeader(request, 'sec-fetch-site', random.pick(['cross-site', 'none', ''])),
  (request, random) =>
    withHeader(
      request,
      'x-forwarded-for',
      random.pick(['1.1.1.1', '::1', 'a', '1.1.1.1, ::ffff:2.2.2.2']),
    ),
  (request, random) =>
    withHeader(request, 'accept-language', random.pick(['en', 'ja;q=0', '*', 'x'.repeat(4000)])),
  (request, random, seen) => ({ ...request, path: random.pick(seen.requests).path }),
  (request, random, seen) => ({ ...request, method: random.pick(seen.requests).method }),
  (request, random) => ({
    ...request,
    method: random.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
  }),
  (request, random) => ({ ...request, path: bendPath(request.path, random) }),
]

function withHeader(request: Bendable, name: string, value: string | undefined): Bendable {
  return { ...request, headers: { ...request.headers, [name]: value } }
}

/** The sign-in of one browser with the session of another, and a third one's token of a browser. */
function mixCookies(random: Random, { cookies }: Seen): string {
  const pairs = cookies.flatMap((line) => line.split('; '))
  if (pairs.length === 0) return 'sekisho_session=a'
  return [random.pick(pairs), random.pick(pairs), random.pick(pairs)].join('; ')
}

function bendText(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return random.pick([
    text.slice(0, at),
    text + text,
    text.toUpperCase(),
    ` ${text}\t`,
    text.slice(0, at) + random.pick(Object.values(junkTexts)) + text.slice(at),
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    `${text}=`,
    text.split('').toReversed().join(''),
  ])
}

/** One bit, a byte less or a byte more of what is written as base64url. */
function bendBytes(text: string, random: Random): string {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length === 0) return text
  const at = random.below(bytes.length)
  bytes.writeUInt8((bytes.readUInt8(at) ^ (1 << random.below(8))) & 255, at)
  return random
    .pick([bytes, bytes.subarray(0, at), Buffer.concat([bytes, Buffer.from([0])])])
    .toString('base64url')
}

/** A member of the JSON that is packed in base64url, as client data are. */
function bendInside(text: string, random: Random): string {
  try {
    const inner: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    const junk = { ...junkTexts, ...junkValues }
    const bent = replaceAt(inner, random.pick(leavesOf(inner)), random.pick(Object.values(junk)))
    return Buffer.from(JSON.stringify(bent)).toString('base64url')
  } catch {
    return bendText(text, random)
  }
}

function dropMember(request: Bendable, random: Random): Bendable {
  const entries = Object.entries(request.body as object)
  if (entries.length === 0) return request
  const dropped = random.below(entries.length)
  return { ...request, body: Object.fromEntries(entries.toSpliced(dropped, 1)) }
}

/** The same name twice, with the value of another place. */
function doubleMember(request: Bendable, random: Random): Bendable {
  const entries = Object.entries(request.body as object)
  if (entries.length === 0) return request
  const [name] = random.pick(entries)
  const [, value] = random.pick(entries)
  const text = JSON.stringify(request.body)
  return { ...request, text: `{${JSON.stringify(name)}:${JSON.stringify(value)},${text.slice(1)}` }
}

function addMember(request: Bendable, random: Random, { texts }: Seen): Bendable {
  const names = ['id', 'accountId', 'loginId', 'purpose', 'method', 'constructor', 'passkeyId']
  const value = random.pick([...texts, 'passkey', 'switch'])
  return { ...request, body: { ...(request.body as object), [random.pick(names)]: value } }
}

function bendPath(path: string, random: Random): string {
  return random.pick([
    `${path}/`,
    `/${path}`,
    path.toUpperCase(),
    `${path}?lang=en&lang=%00`,
    `${path}%2e`,
    path.replace('/api/', '/api/./'),
    path.replace('/api', '/oauth2'),
    path.replace('/api/', '/api/%61'),
  ])
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}
