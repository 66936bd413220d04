// URLs of servers as operators write them. A typing error must not lead to another place than it says:
// what the parser would mend in silence is refused.

interface WrittenUrl {
  readonly protocol: string
  /** As it stands in the URL; '' where none does. */
  readonly hostname: string
  readonly pathname: string
  /** What stands behind `?`, each name once. */
  readonly options: ReadonlyMap<string, string>
}

/** The parts of `scheme://user:password@host:port/path?name=value`; null for anything else. */
export function readWrittenUrl(value: string): WrittenUrl | null {
  const [, authority] = /^[a-z]+:\/\/([^/?#]*)[^#\s]*$/.exec(value) ?? []
  // A sign of a password that is not written as %XX would end it here, and begin a host or a path.
  if (authority === undefined || authority.split('@').length > 2) return null
  if (authority.endsWith(':') || /[\s\\]/.test(value)) return null
  // A URL with a user and no host is none, but drivers take one with the host behind `?`.
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

/** Whether this can be the name or the address of a host in a URL; a number alone is a port gone astray. */
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
