// User-Agent headers as browsers and apps send them, by the facts of src/text/environments.ts.
import type { facts } from '../../../src/text/environments.ts'

type Names<Subject extends keyof typeof facts> = Readonly<
  Record<keyof (typeof facts)[Subject], string>
>

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const chromeOnWindows = `${windows} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36`
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5'
const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Safari/605.1.15`
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)'
const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const android =
  'Mozilla/5.0 (Linux; Android 16; Pixel 10 Build/BP4A.1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/148.0.0.0 Mobile Safari/537.36'

export const ownAgents: Names<'own'> = {
  oldWindows: chromeOnWindows,
  windows: chromeOnWindows,
  ipad: mac,
  mac,
  iphone: `${iphone} ${safari} Mobile/15E148 Safari/604.1`,
  android:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/148.0.0.0 Mobile Safari/537.36',
  linux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36',
  other:
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36',
}

export const phoneAgents: Names<'phone'> = {
  firefoxOnWindows: `${windows.slice(0, -1)}; rv:144.0) Gecko/20100101 Firefox/144.0`,
  firefoxOnLinux: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  firefox: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0',
}

/** Each app on the systems on which it is used. */
export const appAgents: Readonly<Record<keyof (typeof facts)['app'], readonly string[]>> = {
  line: [`${android} Line/15.9.0/IAB`, `${iphone} ${webKit} Safari Line/15.9.0`],
  meta: [
    `${android} [FB_IAB/FB4A;FBAV/500.0.0.1.1;]`,
    `${android} Instagram 390.0.0.1.1 Android (36/16; 420dpi; 1080x2424; Google; Pixel 10)`,
    `${iphone} ${webKit} [FBAN/FBIOS;FBAV/500.0.0.1.1;FBDV/iPhone17,1;FBMD/iPhone]`,
    `${iphone} ${webKit} Instagram 390.0.0.1.1 (iPhone17,1; iOS 18_5; ja_JP)`,
  ],
  android: [android],
  iphone: [`${iphone} ${webKit}`],
  desktop: [`${chromeOnWindows} Edg/148.0.0.0`],
}

/** Browsers that web views are easily taken for. */
export const browserAgents: readonly string[] = [
  chromeOnWindows,
  `${chromeOnWindows} Edg/148.0.0.0`,
  mac,
  ownAgents.iphone,
  `${iphone} AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/148.0.0.0 Mobile/15E148 Safari/604.1`,
  `${iphone} AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/144.0 Mobile/15E148 Safari/605.1.15`,
  ownAgents.android,
]
