// The frame of every page of the console: one document, at most one script besides the early one, one style sheet.
import { html } from 'hono/html'
import { accountReaders, type OperatorRole } from '../../../domain/vocabulary/desk.ts'
import { warnBeforeEnd } from '../../../limits/sessions.ts'
import { inLanguage, type ErrorParts, type Html } from '../../frame/page.ts'
import type { Visit } from '../../frame/visit.ts'
import { deskContext, hasRole, homeOf, type DeskContext, type SignedIn } from './context.ts'
import { commandBanner } from './parts.ts'

type ScriptName =
  | 'calls'
  | 'case'
  | 'sign-in'
  | 'enrol'
  | 'me'
  | 'accounts'
  | 'account'
  | 'asking'
  | 'request'
  | 'operators'
  | 'desk'

type PageName = keyof DeskContext['texts']['frame']['pages']

interface PageParts {
  readonly title: string
  /** The place of the page in the navigation. */
  readonly place?: PageName
  readonly script?: ScriptName
  /** The script's texts beside those of every page. */
  readonly words?: Readonly<Record<string, string>>
  readonly main: Html
  readonly narrow?: boolean
}

/** Each page of the navigation with its key after `g`, and whose work it is; null: everybody's. */
const places: readonly (readonly [
  PageName,
  {
    readonly address: string
    readonly key: string
    readonly roles: readonly OperatorRole[] | null
  },
])[] = [
  ['accounts', { address: '/accounts', key: 'a', roles: accountReaders }],
  ['calls', { address: '/calls', key: 'c', roles: ['agent'] }],
  ['requests', { address: '/requests', key: 'r', roles: null }],
  ['alerts', { address: '/alerts', key: 't', roles: ['admin', 'auditor', 'approver'] }],
  ['operators', { address: '/operators', key: 'o', roles: ['admin', 'auditor'] }],
  ['me', { address: '/me', key: 'm', roles: null }],
]

/** A whole document, marked as the desk's own, with the content of its one `<main>`. */
export function deskPage(context: DeskContext, parts: PageParts): Html {
  const { language, texts, brand, asset, signedIn } = context
  const { title, script = signedIn ? 'desk' : undefined, words, main, narrow } = parts
  const { common, dialog, get } = texts.browser
  const all = { ...common, ...dialog, ...get, ...words }
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex" />
        <title>${texts.frame.title(title, brand)}</title>
        <link rel="icon" href="${asset('icon.svg')}" />
        <link rel="stylesheet" href="${asset('style.css')}" />
        ${script && html`<script src="${asset('early')}"></script>`}
        ${script && html`<script type="module" src="${asset(script)}"></script>`}
      </head>
      <body>
        <a class="skip" href="#main">${texts.frame.skip}</a>
        ${header(context, parts.place)}
        <main
          id="main"
          class="${narrow ? 'main narrow' : 'main'}"
          data-words="${JSON.stringify(all)}"
          tabindex="-1"
        >
          <noscript><p class="notice warn">${texts.frame.noScript}</p></noscript>
          ${commandBanner(context)} ${main}
        </main>
        ${signedIn && html`${sessionWatch(context, signedIn)} ${shortcuts(context)}`}
      </body>
    </html>`
}

/** The places where a page's script says what was refused, and how things go. */
export function outcomes(): Html {
  return html`<div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <div class="dialog" id="dialog"><div id="status" class="notice" role="status"></div></div>`
}

function header(context: DeskContext, place: PageName | undefined): Html {
  const { texts, brand, language, signedIn } = context
  const { frame, roles } = texts
  const other = language === 'ja' ? 'en' : 'ja'
  const named = signedIn && signedIn.roles.map((role) => roles[role]).join(frame.listed)
  return html`<header class="top">
    <div class="top-in">
      <p class="brand">
        ${signedIn ? html`<a href="${homeOf(signedIn.roles)}">${brand}</a>` : html`<span>${brand}</span>`}
        <strong class="mark">${frame.mark}</strong>
      </p>
      ${
        signedIn &&
        html`<p class="who">${frame.signedInAs(signedIn.name, named ?? '')}</p>
          <p class="ends">${frame.sessionEnds} <span id="session-clock">–</span></p>
          <button class="button small" id="sign-out" type="button" disabled>
            ${frame.signOut}
          </button>`
      }
      <a
        class="language"
        href="${inLanguage(context.path, other)}"
        lang="${other}"
        hreflang="${other}"
        >${frame.otherLanguage}</a
      >
    </div>
    ${signedIn && navigation(context, place)}
  </header>`
}

function navigation(context: DeskContext, current: PageName | undefined): Html {
  const { frame } = context.texts
  const shown = places.filter(([, { roles }]) => roles === null || hasRole(context, ...roles))
  return html`<nav class="places" aria-label="${frame.navigation}">
    <ul>
      ${shown.map(
        ([name, { address, key }]) =>
          html`<li>
            <a
              href="${address}"
              data-go="${key}"
              aria-current="${name === current ? 'page' : 'false'}"
              >${frame.pages[name]}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`
}

/** The page's script opens the dialog, and covers the content with the template when the session is over. */
function sessionWatch({ texts, now, path }: DeskContext, signedIn: SignedIn): Html {
  const words = texts.frame.session
  return html`<dialog
      class="panel"
      id="session-warning"
      aria-labelledby="session-title"
      aria-describedby="session-text session-left"
      data-operator="${signedIn.id}"
      data-signed-in-at="${signedIn.signedInAt}"
      data-ends="${signedIn.ends}"
      data-latest="${signedIn.latest}"
      data-now="${now}"
      data-warn-before="${warnBeforeEnd}"
      data-idle-text="${words.text}"
      data-last-text="${words.lastText}"
    >
      <h2 id="session-title">${words.title}</h2>
      <p id="session-text"></p>
      <p><strong id="session-left"></strong></p>
      <p class="visually-hidden" id="session-said" role="status"></p>
      <p class="actions">
        <button class="button primary" id="session-continue" type="button">${words.goOn}</button>
        <button class="button primary" id="session-dismiss" type="button">${words.dismiss}</button>
      </p>
    </dialog>
    <template id="session-over">
      <section class="card over">
        <h1 id="over-title" tabindex="-1">${words.overTitle}</h1>
        <p class="why"></p>
        <p>${words.overNote}</p>
        <p class="notice error" id="over-problem" role="alert"></p>
        <p class="actions">
          <button class="button primary" id="sign-in-again" type="button">${words.signIn}</button>
          <a class="button" href="/sign-in?continueTo=${encodeURIComponent(path)}"
            >${texts.browser.common.toSignIn}</a
          >
        </p>
      </section>
    </template>`
}

function shortcuts({ texts }: DeskContext): Html {
  const words = texts.shortcuts
  const { rows } = words
  const go = (key: string) => html`<kbd>g</kbd> <span>${words.then}</span> <kbd>${key}</kbd>`
  const lines: readonly (readonly [Html, string])[] = [
    [html`<kbd>/</kbd>`, rows.search],
    [html`<kbd>?</kbd>`, rows.help],
    [html`<kbd>j</kbd> <kbd>↓</kbd>`, rows.next],
    [html`<kbd>k</kbd> <kbd>↑</kbd>`, rows.previous],
    [html`<kbd>Enter</kbd>`, rows.open],
    ...places.map(([name, { key }]) => [go(key), rows[name]] as const),
    [html`<kbd>Esc</kbd>`, rows.close],
  ]
  return html`<dialog class="panel" id="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">${words.title}</h2>
      <p>${words.intro}</p>
      <label class="check"><input type="checkbox" id="shortcuts-on" checked /> ${words.on}</label>
      <dl class="keys">
        ${lines.map(
          ([keys, does]) =>
            html`<div>
              <dt>${keys}</dt>
              <dd>${does}</dd>
            </div>`,
        )}
      </dl>
      <p class="actions">
        <button class="button" type="button" data-close>${texts.frame.close}</button>
      </p>
    </dialog>
    <footer class="foot">
      <button class="button quiet small" id="show-shortcuts" type="button">
        ${words.open} <kbd aria-hidden="true">?</kbd>
      </button>
    </footer>`
}

/** The page in place of one that is refused, missing or broken. */
export function deskErrorPage(visit: Visit, problem: ErrorParts): Html {
  const context = deskContext(visit.get('deps'), visit, null)
  const { frame } = context.texts
  const main = html`<section class="card">
    <p class="muted">${problem.status}</p>
    <h1>${problem.title}</h1>
    <p>${problem.detail}</p>
    <p class="muted small">${frame.requestId(problem.requestId)}</p>
    <p class="actions"><a class="button" href="/">${frame.toStart}</a></p>
  </section>`
  return deskPage(context, { title: problem.title, main, narrow: true })
}
