// A browser's side of HTTP and nothing more: it keeps cookies and sends what a same-origin fetch does.
import { request, type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { undeclared, type Surface } from './declared.ts'

export interface Answer<Body = unknown> {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Parsed when the answer is JSON, else the text. */
  readonly body: Body
  readonly text: string
}

export interface HttpClientOptions {
  /** SEKISHO_ORIGIN, where it is not the address that is connected to; gives `Origin` and `Host`. */
  readonly origin?: string
  /** `Accept-Language`; default `ja`. */
  readonly language?: string
  readonly userAgent?: string
  /** Whose description the refusals are held against; the customers' by default. */
  readonly surface?: Surface
  /** Keeps connections; without one each request has a connection of its own. */
  readonly agent?: Agent
}

export interface RawRequest {
  readonly method: string
  readonly path: string
  /** Put over the usual ones, names in lower case; `undefined` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>
  readonly body?: string | Uint8Array
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
  readonly endsAt: number
}

const chromeOnWindows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

export class HttpClient {
  readonly #baseUrl: URL
  readonly #options: HttpClientOptions
  readonly #jar: Map<string, Cookie>

  constructor(baseUrl: string, options: HttpClientOptions = {}, jar = new Map<string, Cookie>()) {
    this.#baseUrl = new URL(baseUrl)
    this.#options = options
    this.#jar = jar
  }

  /** The cookies that live now, by name; to change them use `setCookie`. */
  get cookies(): ReadonlyMap<string, string> {
    return new Map(this.#liveCookies().map(({ name, value }) => [name, value]))
  }

  /** Sets a cookie for all paths, or takes it away. */
  setCookie(name: string, value: string | undefined): void {
    for (const [key, cookie] of this.#jar) if (cookie.name === name) this.#jar.delete(key)
    if (value !== undefined) this.#keepCookie(`${name}=${value}; Path=/`)
  }

  /** The same browser, with the same cookies, sent to another node of the same origin. */
  through(baseUrl: string): HttpClient {
    return new HttpClient(baseUrl, { origin: this.#origin, ...this.#options }, this.#jar)
  }

  get<Body = unknown>(path: string): Promise<Answer<Body>> {
    return this.raw({ method: 'GET', path })
  }

  post<Body = unknown>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.#write('POST', path, body)
  }

  put<Body = unknown>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.#write('PUT', path, body)
  }

  delete<Body = unknown>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.#write('DELETE', path, body)
  }

  /** Sends a request that a test has bent; cookies go along and are kept as always. */
  async raw<Body = unknown>({ method, path, headers, body }: RawRequest): Promise<Answer<Body>> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer<Body>>()
    const outgoing = request(
      {
        // `localhost` may mean ::1 first; the server listens on 127.0.0.1.
        host: this.#baseUrl.hostname === 'localhost' ? '127.0.0.1' : this.#baseUrl.hostname,
        port: this.#baseUrl.port,
        method,
        path,
        headers: this.#headers(method, path, headers),
        agent: this.#options.agent ?? false,
        timeout: 30_000,
      },
      (incoming) => {
        for (const line of incoming.headers['set-cookie'] ?? []) this.#keepCookie(line)
        const { statusCode: status = 0, headers } = incoming
        readText(incoming)
          .then((text) => ({ status, headers, text, body: parseBody(headers, text) as Body }))
          .then((answer) => this.#onlyDeclared(method, path, answer))
          .then(resolve, reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)))
    const announced = ['content-length', 'transfer-encoding'].some((one) => outgoing.hasHeader(one))
    if (body !== undefined && method === 'DELETE' && !announced) {
      // Node announces no length for a DELETE, as a browser does.
      outgoing.setHeader('content-length', Buffer.byteLength(body))
    }
    outgoing.end(body)
    return promise
  }

  #write<Body>(method: string, path: string, body: unknown): Promise<Answer<Body>> {
    if (body === undefined) return this.raw({ method, path })
    const headers = { 'content-type': 'application/json' }
    return this.raw({ method, path, headers, body: JSON.stringify(body) })
  }

  /** The answer, unless it is a refusal of which the description of the API says nothing. */
  #onlyDeclared<A extends Answer>(method: string, path: string, answer: A): A {
    const { code } = Object(answer.body) as { code?: string }
    if (answer.status < 400 || code === undefined) return answer
    const complaint = undeclared(this.#options.surface ?? 'customer', method, path, code)
    if (complaint !== null) throw new Error(complaint)
    return answer
  }

  get #origin(): string {
    return this.#options.origin ?? this.#baseUrl.origin
  }

  #headers(method: string, path: string, bent: RawRequest['headers'] = {}): OutgoingHttpHeaders {
    const cookies = this.#liveCookies().filter((cookie) => isUnder(path, cookie.path))
    const usual: OutgoingHttpHeaders = {
      host: new URL(this.#origin).host,
      accept: '*/*',
      'accept-language': this.#options.language ?? 'ja',
      'user-agent': this.#options.userAgent ?? chromeOnWindows,
      'sec-fetch-site': 'same-origin',
      ...(method !== 'GET' && method !== 'HEAD' && { origin: this.#origin }),
      ...(cookies.length > 0 && { cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; ') }),
    }
    const all = Object.entries({ ...usual, ...bent })
    return Object.fromEntries(all.filter(([, value]) => value !== undefined))
  }

  #liveCookies(): Cookie[] {
    return [...this.#jar.values()].filter(({ endsAt }) => endsAt > Date.now())
  }

  #keepCookie(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const equals = pair.indexOf('=')
    const attribute = new Map(
      attributes.map((part) => {
        const [name = '', value = ''] = part.split('=', 2)
        return [name.toLowerCase(), value]
      }),
    )
    const cookie: Cookie = {
      name: pair.slice(0, equals),
      value: pair.slice(equals + 1),
      path: attribute.get('path') ?? '/',
      endsAt: endOf(attribute),
    }
    this.#jar.set(`${cookie.name} ${cookie.path}`, cookie)
  }
}

/** RFC 6265 §5.3: Max-Age goes before Expires; with neither, the browser keeps it while it is open. */
function endOf(attribute: ReadonlyMap<string, string>): number {
  const maxAge = attribute.get('max-age')
  if (maxAge !== undefined) return Date.now() + Number(maxAge) * 1000
  const expires = attribute.get('expires')
  return expires === undefined ? Infinity : Date.parse(expires)
}

function isUnder(path: string, cookiePath: string): boolean {
  const [pathname = ''] = path.split('?', 1)
  const folder = cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`
  return pathname === cookiePath || pathname.startsWith(folder)
}

function parseBody(headers: IncomingHttpHeaders, text: string): unknown {
  const isJson = /[/+]json\b/.test(headers['content-type'] ?? '')
  // The answer to HEAD has the type of a body and none.
  return isJson && text !== '' ? JSON.parse(text) : text
}
