// The pages of the trading desk, without any script.
import { html } from 'hono/html'
import type { Ledger, Order, Position } from './ledger.ts'
import type { DeskSession } from './sessions.ts'
import { texts, type Language } from './texts.ts'

export type Html = ReturnType<typeof html>

export interface PageContext {
  readonly language: Language
  readonly path: string
  readonly session: DeskSession | null
  /** Where the person who is signed in finds the security settings. */
  readonly securityAddress?: string
  /** The fields of the form that signs out; the sign-in reads them too. */
  readonly signOutFields?: Readonly<Record<string, string>>
}

/** A whole document. */
export function page(context: PageContext, title: string, main: Html): Html {
  const { language, path, session, securityAddress, signOutFields = {} } = context
  const words = texts[language]
  const other = language === 'ja' ? 'en' : 'ja'
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} | ${words.name}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/style.css" />
        <link rel="stylesheet" href="/screens.css" />
      </head>
      <body>
        <header class="bar">
          <a class="brand" href="/"
            ><img src="/icon.svg" alt="" width="28" height="28" />${words.name}</a
          >
          <div class="bar-end">
            <a class="language" href="${path}?lang=${other}" lang="${other}" hreflang="${other}"
              >${words.otherLanguage}</a
            >
            ${
              session &&
              html`<a class="language" href="${securityAddress}">${words.security}</a>
                <form method="post" action="/sign-out">
                  ${Object.entries(signOutFields).map(
                    ([name, value]) =>
                      html`<input type="hidden" name="${name}" value="${value}" />`,
                  )}
                  <button class="button small" type="submit">${words.signOut}</button>
                </form>`
            }
          </div>
        </header>
        <main>${main}</main>
        <footer>${words.sample}</footer>
      </body>
    </html>`
}

/** For who is not signed in. */
export function landingPage(
  context: PageContext,
  notice: 'ended' | 'givenUp' | 'signedOut' | null,
): Html {
  const words = texts[context.language].landing
  const main = html`${notice && html`<p class="notice" role="status">${words[notice]}</p>`}
    <section class="hero">
      <div>
        <h1>${words.title}</h1>
        <p>${words.lead}</p>
        <p><a class="button primary" href="/sign-in">${words.signIn}</a></p>
      </div>
      <div class="hero-chart" aria-hidden="true">${trend(heroHistory, 'hero-line')}</div>
    </section>`
  return page({ ...context, session: null }, words.signIn, main)
}

/** One thing to say, and a way on. */
export function messagePage(
  context: PageContext,
  { title, text, link }: { title: string; text: string; link: string },
): Html {
  const main = html`<section class="panel narrow">
    <h1>${title}</h1>
    <p>${text}</p>
    <p><a class="button" href="/">${link}</a></p>
  </section>`
  return page(context, title, main)
}

/** 「取引画面」. */
export function tradingPage(context: PageContext, { person }: DeskSession, ledger: Ledger): Html {
  const { language } = context
  const words = texts[language].trading
  const positions = ledger.positions(person.sub)
  const value = sum(positions, ({ quantity, price }) => quantity * price)
  const gain = sum(positions, gainOf)
  const main = html`<h1>${words.title}</h1>
    <section class="panel who" aria-label="${words.who}">
      <dl>
        ${fact(words.holder, person.name)} ${fact(words.loginId, person.loginId)}
        ${fact(words.how, person.acr === 'phr' ? words.passkey : words.emailCode)}
        ${fact(words.since, time(person.provenAt))}
      </dl>
    </section>
    <div class="tiles">
      ${tile(words.value, yen(value))} ${tile(words.gain, signedYen(gain), rising(gain))}
      <div class="tile action">
        <div>
          <p class="label">${words.cash}</p>
          <p class="figure">${yen(ledger.cash(person.sub))}</p>
        </div>
        <a class="button primary" href="/withdrawal">${words.withdraw}</a>
      </div>
    </div>
    <section class="panel">
      <h2>${words.positions}</h2>
      ${positionTable(language, positions)}
    </section>
    ${withdrawalList(language, ledger.orders(person.sub))}`
  return page(context, words.title, main)
}

function positionTable(language: Language, positions: readonly Position[]): Html {
  const { columns, sell } = texts[language].trading
  return html`<table class="positions">
    <thead>
      <tr>
        <th scope="col">${columns.name}</th>
        <th scope="col">${columns.history}</th>
        ${[columns.quantity, columns.cost, columns.price, columns.gain].map(
          (column) => html`<th scope="col" class="number">${column}</th>`,
        )}
        <th scope="col">${sell}</th>
      </tr>
    </thead>
    <tbody>
      ${positions.map((position) => positionRow(position, language))}
    </tbody>
  </table>`
}

function positionRow(position: Position, language: Language): Html {
  const { columns, sell, sellName } = texts[language].trading
  const { code, name, quantity, cost, price, history } = position
  const gain = gainOf(position)
  return html`<tr>
    <th scope="row"><span class="code">${code}</span> ${name[language]}</th>
    <td class="trend" aria-hidden="true">${trend(history, rising(gain))}</td>
    <td class="number" data-label="${columns.quantity}">${plain(quantity)}</td>
    <td class="number" data-label="${columns.cost}">${plain(cost)}</td>
    <td class="number" data-label="${columns.price}">${plain(price)}</td>
    <td class="number ${rising(gain)}" data-label="${columns.gain}">${signedYen(gain)}</td>
    <td>
      <a class="button small" href="/sale?code=${code}" aria-label="${sellName(name[language])}"
        >${sell}</a
      >
    </td>
  </tr>`
}

function withdrawalList(language: Language, orders: readonly Order[]): Html | '' {
  const made = orders.filter((order) => order.kind === 'withdrawal')
  if (made.length === 0) return ''
  return html`<section class="panel">
    <h2>${texts[language].trading.made}</h2>
    <ul class="made">
      ${made.map(
        ({ amount, at }) =>
          html`<li><span>${time(at)}</span> <span class="number">${yen(amount)}</span></li>`,
      )}
    </ul>
  </section>`
}

/** A line of prices, fitted into 120 × 36. */
function trend(history: readonly number[], kind: string): Html {
  const [least, most] = [Math.min(...history), Math.max(...history)]
  const point = (price: number, index: number) => {
    const x = 2 + (index / (history.length - 1)) * 116
    const y = 33 - ((price - least) / (most - least || 1)) * 30
    return `${x.toFixed(1)},${y.toFixed(1)}`
  }
  return html`<svg class="${kind}" viewBox="0 0 120 36" preserveAspectRatio="none">
    <polyline points="${history.map(point).join(' ')}" />
  </svg>`
}

const heroHistory = [12, 14, 13, 17, 16, 19, 18, 23, 21, 26, 25, 30, 29, 34]

function fact(label: string, value: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`
}

function tile(label: string, figure: string, kind = ''): Html {
  return html`<div class="tile">
    <p class="label">${label}</p>
    <p class="figure ${kind}">${figure}</p>
  </div>`
}

const gainOf = ({ quantity, price, cost }: Position) => quantity * (price - cost)
const sum = (positions: readonly Position[], of: (position: Position) => number) =>
  positions.reduce((total, position) => total + of(position), 0)
const rising = (gain: number) => (gain >= 0 ? 'up' : 'down')
export const plain = (value: number) => value.toLocaleString('ja-JP', { maximumFractionDigits: 3 })

export const yen = (value: number) => `¥${Math.round(value).toLocaleString('ja-JP')}`
const signedYen = (value: number) => `${value >= 0 ? '+' : '−'}${yen(Math.abs(value))}`

export function time(milliseconds: number): string {
  return new Intl.DateTimeFormat('ja-JP', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Asia/Tokyo',
  }).format(milliseconds)
}
