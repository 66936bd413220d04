import { html } from 'hono/html'
import type { Order, Position } from './ledger.ts'
import type { Bar } from './order-checks.ts'
import { page, plain, time, yen, type Html, type PageContext } from './pages.ts'
import type { PendingOrder } from './sessions.ts'
import { texts } from './texts.ts'

export type OrderNotice =
  | { readonly kind: 'proven' | 'notProven' | 'notACount' | 'tooMuch' }
  | { readonly kind: 'barred'; readonly bar: Bar }

export interface OrderParts {
  readonly goods:
    | { readonly kind: 'withdrawal'; readonly cash: number }
    | { readonly kind: 'sale'; readonly position: Position }
  /** The order that is being made. */
  readonly order: PendingOrder | null
  readonly notice: OrderNotice | null
  readonly demoHoldMinutes: number | null
}

/** 「出金」 or 「売却」, with the order that is being made. */
export function orderPage(context: PageContext, parts: OrderParts): Html {
  const { language } = context
  const { goods, order, notice } = parts
  const all = texts[language]
  const words = all[goods.kind]
  const [stock, lead] =
    goods.kind === 'sale'
      ? [plain(goods.position.quantity), goods.position.name[language]]
      : [yen(goods.cash), all.withdrawal.lead]
  const main = html`<section class="panel narrow">
    <h1>${words.title}</h1>
    <p>${lead}</p>
    ${notice && noticeBox(context, goods.kind, notice, parts.demoHoldMinutes)}
    <form method="post" action="/${goods.kind}">
      <p class="label">${words.stock}</p>
      <p class="figure">${stock}</p>
      ${
        goods.kind === 'sale' &&
        html`<input type="hidden" name="code" value="${goods.position.code}" />`
      }
      <label for="count">${words.count}</label>
      <input
        id="count"
        name="count"
        inputmode="numeric"
        autocomplete="off"
        required
        maxlength="20"
        value="${order ? String(order.count) : ''}"
      />
      <button class="button primary wide" type="submit">${words.submit}</button>
    </form>
    <p class="muted">${words.strength}</p>
    <p><a href="/">${all.back}</a></p>
  </section>`
  return page(context, words.title, main)
}

export function orderDonePage(context: PageContext, made: Order): Html {
  const all = texts[context.language]
  const words = all[made.kind]
  const what = made.kind === 'sale' ? plain(made.quantity) : yen(made.amount)
  const main = html`<section class="panel narrow">
    <p class="tick" aria-hidden="true">✓</p>
    <h1>${words.doneTitle}</h1>
    <p>${words.done(what, time(made.at))}</p>
    <p><a class="button" href="/">${all.back}</a></p>
  </section>`
  return page(context, words.doneTitle, main)
}

function noticeBox(
  { language, securityAddress }: PageContext,
  kind: OrderParts['goods']['kind'],
  notice: OrderNotice,
  demoHoldMinutes: number | null,
): Html {
  const { bars, ...all } = texts[language]
  const words = all[kind]
  if (notice.kind === 'proven')
    return html`<p class="notice good" role="status">${words.proven}</p>`
  if (notice.kind !== 'barred') {
    return html`<p class="notice bad" role="alert">${words[notice.kind]}</p>`
  }
  const { bar } = notice
  if (bar.error === 'stopped') {
    return html`<div class="notice bad" role="alert">
      <p><strong>${words.stopped}</strong></p>
      <p>${bars.lift} <a href="${securityAddress}">${all.security}</a></p>
    </div>`
  }
  return html`<div class="notice bad" role="alert">
    <p><strong>${words.held(time(Date.parse(bar.until)))}</strong></p>
    <p>${bars.reason(bars.reasons[bar.reason] ?? bars.otherReason)}</p>
    ${bar.reason === 'young_factor' && html`<p>${bars.knownBrowser}</p>`}
    ${demoHoldMinutes !== null && html`<p>${bars.demoHold(demoHoldMinutes, words.submit)}</p>`}
  </div>`
}
