// Browser and system as named in our own lists: the User-Agent header is never shown or stored.
import { remembered } from './remembered.ts'

export interface Device {
  readonly browser: string | null
  readonly system: string | null
}

/** In order of the search: a browser's User-Agent also names the browsers that it descends from. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Microsoft Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const findDevice = remembered((userAgent): Device => {
  const find = (list: typeof browsers) =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
  return { browser: find(browsers), system: find(systems) }
})

/** Reads a User-Agent header; null for a browser or system that is not listed. */
export function readDevice(userAgent: string | undefined): Device {
  return findDevice(userAgent ?? '')
}

/** Whether the page is shown on a phone or a tablet, where 「このスマートフォン」 is meant. */
export function isHandheld({ system }: Device): boolean {
  return system === 'iPhone' || system === 'iPad' || system === 'Android'
}
