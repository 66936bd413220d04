// The clients: applications that get their sign-in from Sekisho.
import { createPublicKey } from 'node:crypto'
import type { Language } from '../../kernel/http/language.ts'
import { isLoopback } from '../../kernel/loopback.ts'
import { readShownName } from '../../kernel/shown-name.ts'
import type { ClientKind } from '../tables/openid-tables.ts'

export interface Client {
  readonly id: string
  readonly kind: ClientKind
  readonly name: string
  readonly secretHash: string | null
  readonly settings: ClientSettings
  /** The address of the client's logo. */
  readonly logo: string | null
  readonly createdAt: number
}

export interface ClientSettings {
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  /** Public keys of a `fapi` client, a JWK Set. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } | null
  /** The algorithm that signs the client's ID tokens and logout tokens; ES256 if absent. */
  readonly idTokenAlg?: (typeof idTokenAlgorithms)[number]
  /** How a `web` client sends its secret; in the header if absent. */
  readonly authMethod?: (typeof secretMethods)[number]
  /** Whether the client belongs to another company: people are asked before it learns anything. */
  readonly thirdParty?: boolean
  /** Where people find the client; the portal links to it, and back to it. */
  readonly homeUri?: string | null
  /** The name on English pages, where it differs. */
  readonly nameEn?: string | null
}

/** The client's name on pages in that language. */
export function nameIn(
  { name, settings: { nameEn } }: Pick<Client, 'name' | 'settings'>,
  language: Language,
): string {
  return language === 'en' ? (nameEn ?? name) : name
}

export const idTokenAlgorithms = ['ES256', 'RS256'] as const

export const secretMethods = ['client_secret_basic', 'client_secret_post'] as const

export const nameFault = 'the name is empty, or holds signs that cannot be seen or turn the writing'

/** What is wrong with a client's settings, or null. Plain http only on a loopback host. */
export function findClientFault(kind: ClientKind, settings: ClientSettings): string | null {
  if (settings.redirectUris.length === 0) return 'a client has at least one redirect URI'
  if ((kind === 'fapi') !== (settings.jwks !== null)) {
    return 'a fapi client, and only one, has public keys (--jwks-file)'
  }
  if (settings.jwks && !(settings.jwks.keys.length > 0 && settings.jwks.keys.every(canProve))) {
    return 'the keys are public ones for ES256 (P-256), PS256 (RSA from 2048 bits) or Ed25519'
  }
  if (settings.authMethod !== undefined && kind !== 'web') {
    return 'only a web client has a secret, and a way to send it (--auth-method)'
  }
  // FAPI 2.0 Security Profile, §5.4.1.
  if (settings.idTokenAlg === 'RS256' && kind === 'fapi') {
    return 'what a fapi client is given is not signed by RS256'
  }
  if (typeof settings.nameEn === 'string' && readShownName(settings.nameEn) === null) {
    return nameFault
  }
  const addresses = [
    ...settings.redirectUris,
    ...settings.postLogoutRedirectUris,
    ...[settings.backchannelLogoutUri, settings.homeUri].filter((one) => typeof one === 'string'),
  ]
  const wrong = addresses.find((address) => !isSafe(address))
  if (wrong !== undefined) {
    return `${JSON.stringify(wrong)} is not one whole address: https, or http on a loopback host, without wildcard, user name or fragment`
  }
  const unserved = settings.redirectUris.find((uri) => kind === 'native' && !isServedNatively(uri))
  if (unserved === undefined) return null
  return `${JSON.stringify(unserved)} is not where a native client listens: http on 127.0.0.1, [::1] or localhost, or https on a host of its own`
}

/** oidc-provider answers a program on the person's own device at these addresses alone (RFC 8252, §7.3). */
function isServedNatively(uri: string): boolean {
  const { protocol, hostname } = new URL(uri)
  return (protocol === 'http:') === ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}

/** Addresses are compared letter for letter, so no letter may stand for others. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address) || !/^https?:\/\/[!-~]+$/i.test(address)) return false
  if (/[*\\#]/.test(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (hostname.includes('*') || username !== '' || password !== '') return false
  return protocol === 'https:' || isLoopback(hostname)
}

/** The algorithms of `private_key_jwt` (FAPI 2.0 Security Profile, §5.4.1). */
export const assertionAlgorithms = ['ES256', 'PS256', 'Ed25519', 'EdDSA'] as const

function canProve(jwk: Readonly<Record<string, unknown>>): boolean {
  const { alg = 'ES256', use = 'sig' } = jwk
  if ('d' in jwk || use !== 'sig' || !assertionAlgorithms.some((one) => one === alg)) return false
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' })
    if (asymmetricKeyType === 'ed25519') return true
    const { namedCurve, modulusLength = 0 } = asymmetricKeyDetails ?? {}
    return namedCurve === 'prime256v1' || (asymmetricKeyType === 'rsa' && modulusLength >= 2048)
  } catch {
    return false
  }
}
