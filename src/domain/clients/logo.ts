// A client's logo: a small picture that browsers draw, and that can do nothing else.
import { hash } from 'node:crypto'
import { largestLogo } from '../../limits/node.ts'

export interface Logo {
  /** SHA-256 of the content. */
  readonly hash: string
  readonly type: string
  readonly content: Buffer<ArrayBuffer>
}

/** Reads a file as a logo, by its first bytes and not by its name; else says what is wrong with it. */
export function readLogo(content: Buffer<ArrayBuffer>): Logo | { fault: string } {
  if (content.length > largestLogo) {
    return { fault: `a logo has at most ${largestLogo / 1024} KiB` }
  }
  const type = typeOf(content)
  if (!type) return { fault: 'a logo is a PNG, a WebP or an SVG (in UTF-8, without entities)' }
  return { hash: hash('sha256', content, 'base64url'), type, content }
}

/** Whether a text has the form of a logo's hash; no other text is looked up. */
export function isLogoHash(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/** The address of a logo. It changes with the content, so that browsers may cache it for ever. */
export function logoAddress(hash: string): string {
  return `/assets/logos/${hash}`
}

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

function typeOf(content: Buffer<ArrayBuffer>): string | null {
  if (content.subarray(0, 8).equals(pngSignature)) return 'image/png'
  const [riff, webp] = [content.toString('latin1', 0, 4), content.toString('latin1', 8, 12)]
  if (riff === 'RIFF' && webp === 'WEBP') return 'image/webp'
  return isSvg(content) ? 'image/svg+xml' : null
}

/** The start of an SVG. A document type with an internal subset is refused, as it could define entities. */
const svgStart = /^(?:\s|<\?xml[^>]*\?>|<!--(?:(?!-->)[^])*-->|<!DOCTYPE svg[^[>]*>)*<svg[\s>]/

function isSvg(content: Buffer<ArrayBuffer>): boolean {
  try {
    return svgStart.test(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    return false
  }
}
