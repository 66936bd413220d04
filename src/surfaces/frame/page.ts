// The frame of every page: one document, at most one script, and one style sheet for all.
import { html } from 'hono/html'
import type { Language } from '../../kernel/http/language.ts'
import type { ProblemCode } from '../../kernel/http/problem.ts'
import type { Surroundings } from '../../kernel/http/user-agent.ts'
import type { ShownZone } from '../../kernel/time.ts'
import { errorAnchor, errorCode } from '../../text/error-codes.ts'
import type { Texts } from '../../text/texts.ts'
import type { Site } from './site.ts'
import { supportContact } from './support-contact.ts'

export type Html = ReturnType<typeof html>

export interface PageContext {
  readonly language: Language
  readonly texts: Texts
  /** Path and query of this page, which the language switch keeps. */
  readonly path: string
  readonly site: Pick<Site, 'brand' | 'help' | 'links' | 'origin' | 'support'>
  /** What is said of a hold, by what it covers. */
  readonly holdWords: keyof Texts['hold']
  readonly timeZone: ShownZone
  /** The address of a built file: `style.css`, `icon.svg`, or the name of a script. */
  readonly asset: (entry: string) => string
  /** Where the brand on top leads; nowhere while somebody is asked for something. */
  readonly start: string | null
  /** The browser that asks, as its header names it. */
  readonly device: Surroundings
  /** On pages that are signed in: what they need when the session ends. */
  readonly sessionWatch?: Html
  /** Whether the person signs out here, at the top. */
  readonly signsOut?: boolean
  /** The broker's announcements, above the content. */
  readonly announced?: Html | null
}

/** The addresses of the brand's style sheet, and of its logo if it has one. */
export const [brandSheet, brandLogo] = ['/assets/brand.css', '/assets/brand-logo'] as const

type ScriptName =
  | 'sign-in'
  | 'email-code'
  | 'passkey'
  | 'portal'
  | 'lift-stop'
  | 'new-passkey'
  | 'second-factor'
  | 'own-change'
  | 'notices'
  | 'step-up'
  | 'hand-over'
  | 'recovery'
  | 'stuck'

interface PageParts {
  readonly title: string
  readonly script?: ScriptName
  /** A built style sheet for this page alone. */
  readonly sheet?: 'help.css' | 'manual.css'
  /** The script's texts, as the CSP allows no inline script that could hold them. */
  readonly words?: Readonly<Record<string, string>>
  /** The address that the browser opens at once by itself; the page links to it too. */
  readonly goesOnTo?: string
  readonly main: Html
  readonly wide?: boolean
}

/** A whole HTML document with the brand on top and the content of its one `<main>`. */
export function page(context: PageContext, parts: PageParts): Html {
  const { title, script, sheet, words, goesOnTo, main, wide } = parts
  const { language, texts, site, asset, sessionWatch } = context
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        ${goesOnTo && html`<meta http-equiv="refresh" content="0; url=${goesOnTo}" />`}
        <title>${texts.page.title(title, site.brand.name)}</title>
        <link rel="icon" href="${asset('icon.svg')}" />
        <link rel="stylesheet" href="${brandSheet}" />
        <link rel="stylesheet" href="${asset('style.css')}" />
        ${sheet && html`<link rel="stylesheet" href="${asset(sheet)}" />`}
        ${words && html`<script src="${asset('early')}"></script>`}
        ${script && html`<script type="module" src="${asset(script)}"></script>`}
      </head>
      <body>
        ${header(context)}
        <main
          class="${wide ? 'main wide' : 'main'}"
          data-words="${JSON.stringify({ ...words, ...(sessionWatch && texts.browser.session) })}"
        >
          ${words && html`<noscript><p class="notice warn">${texts.page.noScript}</p></noscript>`}
          ${context.announced} ${main}
        </main>
        ${footer(context)} ${sessionWatch}
      </body>
    </html>`
}

export interface ErrorParts {
  readonly status: number
  readonly code: ProblemCode
  readonly title: string
  readonly detail: string
  readonly requestId: string
}

/** The page in place of one that is refused, missing or broken. */
export function errorPage(context: PageContext, problem: ErrorParts): Html {
  const { texts } = context
  const main = html`<section class="card">
    <p class="eyebrow">${problem.status}</p>
    <h1>${problem.title}</h1>
    <p>${problem.detail}</p>
    ${causeLines(context, problem)}
    <p class="actions"><a class="button" href="/">${texts.page.toStart}</a></p>
  </section>`
  return page(context, { title: problem.title, main })
}

/** Under a failure's words: the number of the request, and the code of the cause, which the help explains. */
export function causeLines(
  { texts, site }: PageContext,
  { requestId, code: name }: { readonly requestId: string; readonly code: string },
): Html {
  const code = errorCode(name)
  return html`<p class="muted small">${texts.page.requestId(requestId)}</p>
    ${site.help && html`<p class="small"><a href="${site.help}#${errorAnchor(code)}">${texts.page.errorCode(code)}</a></p>`}`
}

function header({ site: { brand }, texts, language, path, start, signsOut }: PageContext): Html {
  const other = language === 'ja' ? 'en' : 'ja'
  return html`<header class="header">
    <div class="header-in">
      <p class="brand">
        ${brand.logoPath && html`<img class="logo" src="${brandLogo}" alt="" height="32" />`}
        ${start ? html`<a href="${start}">${brand.name}</a>` : html`<span>${brand.name}</span>`}
      </p>
      ${
        signsOut &&
        html`<button class="button small quiet" id="sign-out" type="button" disabled>
          ${texts.portal.signOut}
        </button>`
      }
      <a class="language" href="${inLanguage(path, other)}" lang="${other}" hreflang="${other}"
        >${texts.page.otherLanguage}</a
      >
    </div>
    ${signsOut && html`<div class="notice error" role="alert" tabindex="-1" data-problem></div>`}
  </header>`
}

function footer(context: PageContext): Html {
  const { site, texts } = context
  const { brand, help } = site
  return html`<footer class="footer">
    <div class="footer-in">
      ${supportContact(context)} ${help && html`<p><a href="${help}">${texts.page.help}</a></p>`}
      <p>${brand.name}</p>
    </div>
  </footer>`
}

/** The address of this page in another language. */
export function inLanguage(path: string, language: Language): string {
  const [, pathname = '', search = ''] = /^([^?]*)(.*)$/s.exec(path) ?? []
  const query = new URLSearchParams(search)
  query.set('lang', language)
  // Two slashes in front would name another host, and anybody could write such a link.
  return `${pathname.replace(/^[/\\]+/, '/')}?${query}`
}
