// The name that a new passkey is offered, refined by what only the browser knows.
import { word } from './words.ts'
import type { Word } from './words.ts'

interface UserAgentData {
  readonly platform: string
  getHighEntropyValues(hints: readonly string[]): Promise<{ readonly model?: string }>
}

const platforms: Readonly<Record<string, Word>> = {
  Windows: 'windows',
  macOS: 'mac',
  Android: 'android',
  'Chrome OS': 'chromebook',
  Linux: 'linux',
}

/** This device by its maker's model or its system, or null where the browser does not tell. */
export async function detectDevice(): Promise<string | null> {
  const data = (navigator as { userAgentData?: UserAgentData }).userAgentData
  const platform = platforms[data?.platform ?? '']
  if (!data || !platform) return null
  const { model } = await data.getHighEntropyValues(['model']).catch(() => ({ model: '' }))
  return model || word(platform) || null
}

/** The name itself, or with the first number that makes it different from the names taken. */
export function numbered(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map(comparable))
  let candidate = name
  for (let number = 2; known.has(comparable(candidate)); number += 1) {
    candidate = `${name} ${number}`
  }
  return candidate
}

function comparable(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
