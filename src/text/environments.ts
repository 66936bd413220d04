// Which passkeys work where, and the sentence that says so: pages, help and manual read it here alone.
import type { Language } from '../kernel/http/language.ts'
import type { AppName, BrowserName, Surroundings, SystemName } from '../kernel/http/user-agent.ts'

/** What only a script of the page can see of its browser. */
type Sign = 'old-windows' | 'touch' | 'web-view-2'

/** One combination of system, browser and conditions. What is left out may be anything. */
export interface Fact {
  readonly systems?: readonly SystemName[]
  readonly browser?: BrowserName
  readonly app?: AppName
  readonly sign?: Sign
  readonly works: 'perhaps' | 'no'
  readonly says: Readonly<Record<Language, string>>
  /** When it was looked up, and there: pages of the makers, bugs, or who keeps a table of them. */
  readonly looked: string
  readonly sources: readonly [string, ...string[]]
}

const looked = '2026-11-27'
const deviceSupport = 'https://passkeys.dev/device-support/'
const noPasscode = {
  ja: 'パスコードが設定されていないようです。「設定」の「Face IDとパスコード」または「Touch IDとパスコード」で設定してください。',
  en: 'No passcode seems to be set. Set one in the settings, under Face ID & Passcode or Touch ID & Passcode.',
}
const passcodeSource = ['https://support.apple.com/ja-jp/guide/iphone/iph14a867ae/ios'] as const
const webViewSource = 'https://bugs.webkit.org/show_bug.cgi?id=250912'
const androidWebViewSource =
  'https://developer.android.com/training/sign-in/credential-manager-webview'

/** By subject; within one the first that fits is said. */
export const facts = {
  /** The least that a system needs. */
  system: {
    windows: {
      systems: ['Windows'],
      works: 'perhaps',
      says: {
        ja: 'Windowsでは、Windows 10（バージョン1903以降）または11が必要です。',
        en: 'A Windows computer needs Windows 10 (version 1903 or later) or 11.',
      },
      looked,
      sources: ['https://learn.microsoft.com/en-us/windows/win32/webauthn/-webauthn-portal'],
    },
    android: {
      systems: ['Android'],
      works: 'perhaps',
      says: {
        ja: 'Androidでは、Android 9以降が必要です。',
        en: 'An Android phone needs Android 9 or later.',
      },
      looked,
      sources: [deviceSupport],
    },
    iphone: {
      systems: ['iPhone', 'iPad'],
      works: 'perhaps',
      says: {
        ja: 'iPhone、iPadでは、iOS 16、iPadOS 16以降が必要です。',
        en: 'An iPhone or iPad needs iOS 16 or iPadOS 16 or later.',
      },
      looked,
      sources: [deviceSupport],
    },
    mac: {
      systems: ['Mac'],
      works: 'perhaps',
      says: { ja: 'Macでは、macOS 13以降が必要です。', en: 'A Mac needs macOS 13 or later.' },
      looked,
      sources: [deviceSupport],
    },
  },
  /** The browser has no passkeys at all. */
  browser: {
    none: {
      works: 'no',
      says: {
        ja: 'お使いのブラウザはパスキーに対応していません。最新の Chrome、Edge、Safari などで、この画面を開いてください。',
        en: 'Your browser does not support passkeys. Please open this page in a recent Chrome, Edge or Safari.',
      },
      looked,
      sources: [deviceSupport],
    },
  },
  /** The browser says that this device itself can verify nobody. */
  own: {
    oldWindows: {
      systems: ['Windows'],
      sign: 'old-windows',
      works: 'no',
      says: {
        ja: 'このWindowsでは、Windows Helloのパスキーを使えません。Windows 10（バージョン1903以降）または11に更新してください。',
        en: 'This Windows cannot use passkeys of Windows Hello. Update it to Windows 10 (version 1903 or later) or 11.',
      },
      looked,
      sources: ['https://learn.microsoft.com/en-us/windows/win32/webauthn/-webauthn-portal'],
    },
    windows: {
      systems: ['Windows'],
      works: 'perhaps',
      says: {
        ja: 'Windows Helloが設定されていないようです。Windowsの「設定」の「アカウント」にある「サインイン オプション」で、PIN、顔または指紋を登録してください。',
        en: 'Windows Hello seems not to be set up. Add a PIN, your face or a fingerprint in the Windows settings, under Accounts and Sign-in options.',
      },
      looked,
      sources: [
        'https://support.microsoft.com/ja-jp/help/4468253',
        'https://learn.microsoft.com/en-us/windows/apps/develop/launch/launch-settings',
      ],
    },
    ipad: {
      systems: ['Mac'],
      sign: 'touch',
      works: 'perhaps',
      says: noPasscode,
      looked,
      sources: passcodeSource,
    },
    mac: {
      systems: ['Mac'],
      works: 'perhaps',
      says: {
        ja: 'Touch IDまたは画面ロックが設定されていないようです。「システム設定」の「Touch IDとパスワード」で設定してください。',
        en: 'Touch ID or a screen lock seems not to be set up. Set it up in System Settings, under Touch ID & Password.',
      },
      looked,
      sources: ['https://support.apple.com/ja-jp/guide/mac-help/mchl16fbf90a/mac'],
    },
    iphone: {
      systems: ['iPhone', 'iPad'],
      works: 'perhaps',
      says: noPasscode,
      looked,
      sources: passcodeSource,
    },
    android: {
      systems: ['Android'],
      works: 'perhaps',
      says: {
        ja: '画面ロックが設定されていないようです。端末の「設定」の「セキュリティ」で、指紋、PINまたはパターンを設定してください。',
        en: 'No screen lock seems to be set up. Set a fingerprint, PIN or pattern in the settings, under Security.',
      },
      looked,
      sources: ['https://support.google.com/android/answer/9079129?hl=ja'],
    },
    linux: {
      systems: ['Linux'],
      works: 'no',
      says: {
        ja: 'Linuxのパソコンの本体には、パスキーを保存できません。「スマートフォン」をお選びください。',
        en: 'A Linux computer cannot keep passkeys itself. Please choose “Phone”.',
      },
      looked,
      sources: [deviceSupport],
    },
    other: {
      works: 'perhaps',
      says: {
        ja: '画面ロックが設定されていないか、この端末にはパスキーを保存できないようです。端末の設定をお確かめください。',
        en: 'No screen lock seems to be set up, or this device cannot keep passkeys. Please check its settings.',
      },
      looked,
      sources: [
        'https://www.w3.org/TR/webauthn-3/#sctn-isUserVerifyingPlatformAuthenticatorAvailable',
      ],
    },
  },
  /** A phone beside a computer. Firefox says of every system that a phone is reached: it is compiled in. */
  phone: {
    firefoxOnWindows: {
      systems: ['Windows'],
      browser: 'Firefox',
      works: 'perhaps',
      says: {
        ja: 'Firefoxでスマートフォンのパスキーを使えるのは、Windows 11（バージョン23H2以降）だけです。Windows 10などでは、ChromeまたはEdgeでこの画面を開いてください。',
        en: 'In Firefox the passkey of a phone works on Windows 11 (version 23H2 or later) only. On Windows 10, open this page in Chrome or Edge.',
      },
      looked,
      sources: [
        'https://passkeys.dev/docs/reference/windows/',
        'https://github.com/mozilla/gecko-dev/blob/master/dom/webauthn/PublicKeyCredential.cpp',
      ],
    },
    firefoxOnLinux: {
      systems: ['Linux'],
      browser: 'Firefox',
      works: 'no',
      says: {
        ja: 'LinuxのFirefoxでは、スマートフォンのパスキーを使えません。Chromeでこの画面を開いてください。',
        en: 'In Firefox on Linux the passkey of a phone does not work. Open this page in Chrome.',
      },
      looked,
      sources: [
        deviceSupport,
        'https://github.com/mozilla/gecko-dev/blob/master/dom/webauthn/PublicKeyCredential.cpp',
      ],
    },
    firefox: {
      browser: 'Firefox',
      works: 'perhaps',
      says: {
        ja: 'Firefoxからは、Bluetoothの状態が分かりません。パソコンとスマートフォンの両方でオンにしてください。',
        en: 'Firefox does not say whether this computer has Bluetooth. Turn it on, on the computer and on the phone.',
      },
      looked,
      sources: [
        'https://github.com/mozilla/gecko-dev/blob/master/dom/webauthn/PublicKeyCredential.cpp',
      ],
    },
  },
  /** A page inside another app: web views ask for a passkey only if their app belongs to the site. */
  app: {
    line: {
      app: 'line',
      works: 'no',
      says: {
        ja: 'LINEの中で開いた画面では、パスキーを使えません。ChromeやSafariなどのブラウザで開いてください。',
        en: 'Passkeys do not work on a page inside LINE. Please open it in a browser such as Chrome or Safari.',
      },
      looked,
      sources: [
        'https://developers.line.biz/ja/docs/line-login/using-line-url-scheme/',
        'https://developers.line.biz/ja/faq/tags/line-app/',
        webViewSource,
        androidWebViewSource,
      ],
    },
    meta: {
      app: 'meta',
      works: 'no',
      says: {
        ja: 'FacebookやInstagramの中で開いた画面では、パスキーを使えません。ChromeやSafariなどのブラウザで開いてください。',
        en: 'Passkeys do not work on a page inside Facebook or Instagram. Please open it in a browser such as Chrome or Safari.',
      },
      looked,
      sources: [
        'https://blog.tomayac.com/2019/12/09/inspecting-facebooks-webview/',
        webViewSource,
        androidWebViewSource,
      ],
    },
    android: {
      app: 'android-web-view',
      works: 'perhaps',
      says: {
        ja: 'ほかのアプリの中で開いたこの画面では、パスキーを使えません。Chromeなどのブラウザで開いてください。',
        en: 'Passkeys do not work on this page inside another app. Please open it in a browser such as Chrome.',
      },
      looked,
      sources: [androidWebViewSource],
    },
    iphone: {
      app: 'ios-web-view',
      works: 'perhaps',
      says: {
        ja: 'ほかのアプリの中で開いたこの画面では、パスキーを使えません。Safariなどのブラウザで開いてください。',
        en: 'Passkeys do not work on this page inside another app. Please open it in a browser such as Safari.',
      },
      looked,
      sources: [webViewSource],
    },
    desktop: {
      systems: ['Windows'],
      browser: 'Microsoft Edge',
      sign: 'web-view-2',
      works: 'perhaps',
      says: {
        ja: 'ほかのソフトの中で開いたこの画面では、Windows Helloを使えません。EdgeやChromeなどのブラウザで開いてください。',
        en: 'Windows Hello does not work on this page inside another program. Please open it in a browser such as Edge or Chrome.',
      },
      looked,
      sources: [
        'https://github.com/MicrosoftEdge/WebView2Feedback/issues/5663',
        'https://learn.microsoft.com/en-us/dotnet/api/microsoft.web.webview2.core.corewebview2settings.useragent',
      ],
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Fact>>>>

/** The facts of a subject that fit the browser; those with a sign depend on what the page's script sees. */
export function findFacts(subject: keyof typeof facts, device: Surroundings): readonly Fact[] {
  const all: readonly Fact[] = Object.values(facts[subject])
  return all.filter(
    ({ systems, browser, app }) =>
      (systems === undefined || systems.some((system) => system === device.system)) &&
      (browser === undefined || browser === device.browser) &&
      (app === undefined || app === device.app),
  )
}
