// The browser and the system in words of our own list: what a caller wrote is never shown or kept.

export interface Device {
  readonly browser: string | null
  readonly system: string | null
}

/** In the order in which they must be looked for: each names itself after the ones it descends from. */
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

/** What a User-Agent header tells, null where it tells nothing. */
export function readDevice(userAgent: string | undefined): Device {
  const find = (list: typeof browsers) =>
    list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null
  return { browser: find(browsers), system: find(systems) }
}

/** Whether the page is shown on a phone or a tablet, where 「このスマートフォン」 is meant. */
export function isHandheld({ system }: Device): boolean {
  return system === 'iPhone' || system === 'iPad' || system === 'Android'
}
