// Server URLs as operators write them. A typing error must not silently lead to another server, so
// anything that the URL parser would repair is refused.

interface WrittenUrl {
  readonly protocol: string
  /** As written in the URL; '' when absent. */
  readonly hostname: string
  readonly pathname: string
  /** The parameters behind `?`, each name once. */
  readonly options: ReadonlyMap<string, string>
}

/** The parts of `scheme://user:password@host:port/path?name=value`; null for anything else. */
export function readWrittenUrl(value: string): WrittenUrl | null {
  const [, authority] = /^[a-z]+:\/\/([^/?#]*)[^#\s]*$/.exec(value) ?? []
  // An unescaped sign in a password would end it here, and the rest become a host or a path.
  if (authority === undefined || authority.split('@').length > 2) return null
  if (authority.endsWith(':') || /[\s\\]/.test(value)) return null
  // The URL standard forbids a user without a host, but drivers accept the host behind `?`.
  const hostless = authority.endsWith('@')
  const parsable = hostless ? value.replace('@', '@localhost') : value
  if (!URL.canParse(parsable)) return null
  const url = new URL(parsable)
  if (url.port === '0') return null
  const options = [...url.searchParams]
  if (![url.username, url.password, url.pathname].every(isDecodable)) return null
  if (new Set(options.map(([name]) => name)).size < options.length) return null
  if (options.some(([name, text]) => !/^[a-z_.]+$/i.test(name) || text === '')) return null
  return {
    protocol: url.protocol,
    hostname: hostless ? '' : url.hostname,
    pathname: url.pathname,
    options: new Map(options),
  }
}

/** Whether this can be a host name or address in a URL; a bare number is a misplaced port. */
export function isHostName(host: string): boolean {
  return /^(?!\d+$)(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9.])?|\[[0-9a-f:.]+\])$/i.test(host)
}

function isDecodable(text: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(text))
  } catch {
    return false
  }
}
