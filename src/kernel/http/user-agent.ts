// Browser and system as named in our own lists: the User-Agent header is never shown or stored.
import { remembered } from './remembered.ts'

export interface Device {
  readonly browser: string | null
  readonly system: string | null
}

/** The browser, and the app in which it shows the page, if that is no browser of its own. */
export interface Surroundings extends Device {
  readonly app: AppName | null
}

type List<Name> = readonly (readonly [RegExp, Name])[]

/** In order of the search: a browser's User-Agent also names the browsers that it descends from. */
const browsers = [
  [/\bEdg(e|A|iOS)?\//, 'Microsoft Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const satisfies List<string>

const systems = [
  [/\bWindows\b/, 'Windows'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const satisfies List<string>

/** Web views: those of two makers say so, those of all other apps lack what a browser's header has. */
const apps = [
  [/\bLine\//, 'line'],
  [/\bInstagram\b|\bFBA[NV]\/|\bFB_IAB\//, 'meta'],
  [/; wv\)/, 'android-web-view'],
  // From the start: looked for at each name, a long header would take the square of its length.
  [/^(?!.*\bSafari\/).*\b(iPhone|iPad)\b/, 'ios-web-view'],
] as const satisfies List<string>

export type BrowserName = (typeof browsers)[number][1]
export type SystemName = (typeof systems)[number][1]
export type AppName = (typeof apps)[number][1]

const findDevice = remembered((userAgent): Surroundings => {
  const find = <Name>(list: List<Name>) =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
  return { browser: find(browsers), system: find(systems), app: find(apps) }
})

/** Reads a User-Agent header; null for a browser or system that is not listed, or outside of an app. */
export function readDevice(userAgent: string | undefined): Surroundings {
  return findDevice(userAgent ?? '')
}

/** Whether the page is shown on a phone or a tablet, where 「このスマートフォン」 is meant. */
export function isHandheld({ system }: Device): boolean {
  return system === 'iPhone' || system === 'iPad' || system === 'Android'
}
