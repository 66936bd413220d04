// The settings that depend on a surface's origin. A second surface, on an origin of its own,
// is a second Site.
import type { Deps, RelyingParty } from '../../domain/deps.ts'
import type { Language } from '../../kernel/http/language.ts'
import type { Config } from '../../settings/config.ts'
import type { Readers } from '../../text/problem-words.ts'

/** The settings of a site; its cookies' first word keeps it apart from other sites on one host. */
interface SiteSettings extends Pick<
  Config,
  'origin' | 'rpId' | 'brand' | 'links' | 'support' | 'holdScope'
> {
  readonly cookiePrefix: string
  /** Whom its refusals address. */
  readonly readers: Readers
  /** The help that the footer of every page links to. */
  readonly help: string | null
}

/** Made once for each surface, by `makeSite`. */
export interface Site extends RelyingParty, SiteSettings {
  readonly brand: SiteSettings['brand']
  /** The host as the `Host` header names it. */
  readonly host: string
  readonly isSecure: boolean
  /** The security headers of every response. */
  readonly headers: Readonly<Record<string, string>>
}

/** The dependencies of a surface: the node's, and its own site. */
export interface SurfaceDeps extends Deps {
  readonly site: Site
}

/** The site of an origin; it never changes. */
export function makeSite(settings: SiteSettings): Site {
  const { origin, rpId, cookiePrefix, brand, links, support, readers, help, holdScope } = settings
  const { host, protocol } = new URL(origin)
  const isSecure = protocol === 'https:'
  return Object.freeze({
    origin,
    acceptedOrigins: [origin],
    host,
    isSecure,
    rpId,
    cookiePrefix,
    headers: isSecure ? { ...headers, 'Strict-Transport-Security': hsts } : headers,
    brand,
    links,
    support,
    readers,
    help,
    holdScope,
  })
}

/** The site as it calls itself on pages in that language. */
export function siteIn(site: Site, language: Language): Site {
  return language === 'ja' ? site : { ...site, brand: { ...site.brand, name: site.brand.nameEn } }
}

/** On https with the __Host- prefix, so that no other host can set it. */
export function cookieName(
  { cookiePrefix, isSecure }: Pick<Site, 'cookiePrefix' | 'isSecure'>,
  cookie: string,
): string {
  return `${isSecure ? '__Host-' : ''}${cookiePrefix}_${cookie.replace('-', '_')}`
}

const hsts = 'max-age=31536000; includeSubDomains'

const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'Permissions-Policy': [
    'publickey-credentials-get=(self)',
    'publickey-credentials-create=(self)',
    'camera=()',
    'microphone=()',
    'geolocation=()',
    'payment=()',
    'usb=()',
  ].join(', '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const
