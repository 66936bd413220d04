// The device as the browser names it, which knows more of it than the User-Agent header tells.
import { word, type Word } from './words.ts'

interface UserAgentData {
  readonly platform: string
  getHighEntropyValues(
    hints: readonly string[],
  ): Promise<{ readonly model?: string; readonly platformVersion?: string }>
}

/** The device as the browser names it; empty strings where it does not. */
export interface UserAgent {
  readonly platform: string
  /** The maker's model, which few devices but phones tell. */
  readonly model: string
  /** The system with its version where that matters to people, or the model. */
  readonly name: string
  /** Before version 1903 of Windows 10, the first that browsers can ask for passkeys. */
  readonly isOldWindows: boolean
}

const platforms: Readonly<Record<string, Word>> = {
  Windows: 'windows',
  iPhone: 'iphone',
  iPad: 'ipad',
  macOS: 'mac',
  Android: 'android',
  'Chrome OS': 'chromebook',
  Linux: 'linux',
}

/** User-agent words of browsers without `userAgentData` (Firefox, Safari); the first match counts. */
const systems: readonly (readonly [string, string])[] = [
  ['Windows', 'Windows'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Macintosh', 'macOS'],
  ['CrOS', 'Chrome OS'],
  ['Linux', 'Linux'],
]

/** Asks `navigator.userAgentData`, else reads the plain user agent. */
export async function readUserAgent(): Promise<UserAgent> {
  const data = (navigator as { userAgentData?: UserAgentData }).userAgentData
  const { model = '', platformVersion = '' } =
    (await data?.getHighEntropyValues(['model', 'platformVersion']).catch(() => undefined)) ?? {}
  const platform = data?.platform ?? namedPlatform()
  const system = platforms[platform]
  // Windows tells an API version: 13 and above is Windows 11, 1 to 10 Windows 10, 8 its version 1903.
  const version = platform === 'Windows' ? Number.parseInt(platformVersion, 10) : NaN
  const windows = version >= 13 ? ' 11' : version >= 1 ? ' 10' : ''
  const name = model || (system ? word(system) + windows : '')
  return { platform, model, name, isOldWindows: version < 8 }
}

function namedPlatform(): string {
  const { userAgent, maxTouchPoints } = navigator
  const platform = systems.find(([name]) => userAgent.includes(name))?.[1] ?? ''
  // An iPad says that it is a Mac, which has no touch screen.
  return platform === 'macOS' && maxTouchPoints > 1 ? 'iPad' : platform
}

/** This device by its maker's model or its system, or null where the browser does not tell. */
export async function detectDevice(): Promise<string | null> {
  const { platform, model } = await readUserAgent()
  const system = platforms[platform]
  return system ? model || word(system) : null
}
