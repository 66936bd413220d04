// Schematic drawings of the dialogs that systems and browsers show, and of the buttons to press.
// Each is one picture with a text alternative; the colours come from the style sheet.
import { html } from 'hono/html'
import type { Html, PageContext } from './page.ts'

export type DrawingName =
  | 'save'
  | 'hello'
  | 'manager'
  | 'managerList'
  | 'change'
  | 'phoneList'
  | 'qr'
  | 'ownLock'
  | 'lock'
  | 'settings'
  | 'phoneSettings'
  | 'mail'
  | 'trading'

/** One of the drawings, 300 by 180 units, in the page's language. */
export function drawing({ texts }: Pick<PageContext, 'texts'>, name: DrawingName): Html {
  const words = texts.drawings
  return html`<svg
    class="drawing"
    viewBox="0 0 300 180"
    role="img"
    aria-label="${words.alternatives[name]}"
  >
    ${drawings[name](words)}
  </svg>`
}

type Words = PageContext['texts']['drawings']

const drawings: Readonly<Record<DrawingName, (words: Words) => Html>> = {
  save: (words) =>
    html`${dialog(words.saveTitle)} ${place(words.savedIn)} ${key(45, 76)}
    ${button(20, 124, 124, words.cancel, 'plain')} ${button(156, 124, 124, words.next, 'press')}`,
  ownLock: (words) =>
    html`${dialog(words.lockTitle)} ${place(words.ownLock)} ${key(45, 76)}
    ${button(20, 124, 124, words.cancel, 'plain')} ${button(156, 124, 124, words.next, 'press')}`,
  change: (words) =>
    html`${dialog(words.saveTitle)} ${place(words.savedIn)} ${key(45, 76)}
    ${button(20, 124, 124, words.change, 'press')} ${button(156, 124, 124, words.next, 'plain')}`,
  hello: (words) =>
    html`${dialog(words.helloTitle)}
      <circle class="line" cx="150" cy="64" r="17" />
      <path class="line" d="M144 60v4M156 60v4M142 71q8 6 16 0" />
      <rect class="field" x="60" y="92" width="180" height="30" rx="4" />
      <text class="faint" x="72" y="112">${words.pin}</text>
      <text class="link" x="150" y="150" text-anchor="middle">${words.signInOptions}</text>`,
  manager: (words) =>
    html`${dialog(words.managerTitle)}
      <text class="faint" x="24" y="62">${words.managerNote}</text>
      ${button(20, 78, 260, words.anotherWay, 'press')}
      ${button(20, 124, 260, words.create, 'plain')}`,
  managerList: (words) =>
    html`${dialog(words.listTitle)} ${button(20, 54, 260, words.managerRow, 'plain')}
    ${button(20, 100, 260, words.helloRow, 'press')}`,
  phoneList: (words) =>
    html`${dialog(words.listTitle)} ${button(20, 54, 260, words.phoneRow, 'press')}
    ${button(20, 100, 260, words.keyRow, 'plain')}`,
  qr: () =>
    html`<rect class="window" x="8" y="14" width="160" height="152" rx="10" />
      <path class="line" d="M34 36h36v36h-36zM106 36h36v36h-36zM34 108h36v36h-36z" />
      <path class="solid" d="M46 48h12v12h-12zM118 48h12v12h-12zM46 120h12v12h-12z" />
      <path
        class="solid"
        d="M82 36h10v10h-10zM82 60h10v16h-10zM106 84h12v10h-12zM130 84h12v22h-12zM34 84h22v10h-22zM68 84h26v10h-26zM82 106h12v12h-12zM106 110h10v22h-10zM128 122h14v22h-14zM82 130h14v14h-14z"
      />
      <rect class="window" x="200" y="26" width="84" height="142" rx="12" />
      <path class="mark" d="M216 66v-14h14M254 52h14v14M268 96v14h-14M230 110h-14v-14" />
      <path class="line" d="M174 90h20m-7-7 7 7-7 7" />
      <circle class="line" cx="242" cy="140" r="10" />`,
  lock: (words) =>
    html`<rect class="window" x="90" y="6" width="120" height="168" rx="16" />
      <path class="line" d="M138 18h24" />
      <text x="150" y="52" text-anchor="middle">${words.lockTitle}</text>
      <circle class="line" cx="150" cy="88" r="20" />
      <path class="line" d="M142 84v5M158 84v5M141 97q9 6 18 0" />
      ${button(102, 124, 96, words.next, 'press')}`,
  settings: (words) =>
    html`${dialog(words.settingsTitle)}
    ${[words.face, words.fingerprint, words.pin].map(
      (way, index) =>
        html`<rect class="field" x="20" y="${50 + index * 40}" width="260" height="34" rx="6" />
          <text x="36" y="${72 + index * 40}">${way}</text>
          <path class="line" d="m246 ${67 + index * 40} 6 6 12-13" />`,
    )}`,
  phoneSettings: (words) =>
    html`<rect class="window" x="64" y="6" width="172" height="168" rx="16" />
      <path class="line" d="M138 18h24" />
      <text x="150" y="52" text-anchor="middle">${words.phoneSettingsTitle}</text>
      ${[words.bluetooth, words.screenLock].map(
        (name, index) =>
          html`<rect class="field" x="76" y="${70 + index * 46}" width="148" height="36" rx="6" />
            <text class="long" x="88" y="${93 + index * 46}">${name}</text>
            <rect class="press" x="184" y="${79 + index * 46}" width="32" height="18" rx="9" />
            <circle class="window" cx="207" cy="${88 + index * 46}" r="6" />`,
      )}`,
  mail: (words) =>
    html`${dialog(words.mailSubject)}
      <path class="line" d="M24 48h252" />
      <text class="faint" x="24" y="76">${words.mailCode}</text>
      ${[...'123456'].map(
        (digit, index) =>
          html`<rect class="field" x="${24 + index * 36}" y="88" width="30" height="38" rx="4" />
            <text class="title" x="${39 + index * 36}" y="113" text-anchor="middle"
              >${digit}</text
            >`,
      )}
      <text class="faint" x="24" y="152">${words.mailValidity}</text>`,
  trading: (words) =>
    html`${dialog(words.tradingTitle)}
      <rect class="field" x="20" y="50" width="168" height="108" rx="6" />
      <path class="line" d="M32 136l24-26 22 12 26-38 24 16 24-34 24 10" />
      ${[0, 1, 2].map(
        (row) =>
          html`<rect class="field" x="200" y="${50 + row * 38}" width="80" height="30" rx="6" />
            <path class="line" d="M212 ${65 + row * 38}h24m10 0h22" />`,
      )}`,
}

function dialog(title: string): Html {
  return html`<rect class="window" x="6" y="6" width="288" height="168" rx="10" />
    <text class="title ${isLong(title) ? 'long' : ''}" x="24" y="34">${title}</text>`
}

function place(words: string): Html {
  return html`<rect class="field" x="20" y="52" width="260" height="48" rx="6" />
    <text x="68" y="81">${words}</text>`
}

function key(x: number, y: number): Html {
  return html`<g transform="translate(${x} ${y})">
    <circle class="line" cx="-5" cy="-4" r="6" />
    <path class="line" d="m0 0 11 11M6 7l4-4" />
  </g>`
}

/** The button to press has a frame, so that it does not stand out by colour alone. */
function button(x: number, y: number, width: number, words: string, kind: 'press' | 'plain'): Html {
  return html`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="36" rx="6" />
    <text
      class="${kind === 'press' ? 'on-press' : ''} ${isLong(words) ? 'long' : ''}"
      x="${x + width / 2}"
      y="${y + 23}"
      text-anchor="middle"
    >
      ${words}
    </text>
    ${
      kind === 'press' &&
      html`<rect class="mark" x="${x - 4}" y="${y - 4}" width="${width + 8}" height="44" rx="9" />`
    }`
}

/** Japanese letters are about twice as wide as Latin ones. */
function isLong(words: string): boolean {
  const width = [...words].reduce((sum, letter) => sum + (letter > '\u2fff' ? 2 : 1), 0)
  return width > 24
}
