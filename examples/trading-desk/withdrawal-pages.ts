import { html } from 'hono/html'
import type { Withdrawal } from './ledger.ts'
import { page, time, yen, type Html, type PageContext } from './pages.ts'
import type { PendingWithdrawal } from './sessions.ts'
import { texts } from './texts.ts'

export type WithdrawalNotice =
  | { readonly kind: 'proven' | 'notProven' | 'notAnAmount' | 'tooMuch' }
  | { readonly kind: 'held'; readonly until: string; readonly reason: string }

interface WithdrawalParts {
  readonly cash: number
  readonly withdrawal: PendingWithdrawal | null
  readonly notice: WithdrawalNotice | null
  readonly demoHoldMinutes: number | null
}

/** 「出金」, with the amount of the withdrawal that is being made. */
export function withdrawalPage(context: PageContext, parts: WithdrawalParts): Html {
  const words = texts[context.language].withdrawal
  const { cash, withdrawal, notice } = parts
  const main = html`<section class="panel narrow">
    <h1>${words.title}</h1>
    <p>${words.lead}</p>
    ${notice && noticeBox(context, notice, parts.demoHoldMinutes)}
    <form method="post" action="/withdrawal">
      <p class="label">${words.cash}</p>
      <p class="figure">${yen(cash)}</p>
      <label for="amount">${words.amount}</label>
      <input
        id="amount"
        name="amount"
        inputmode="numeric"
        autocomplete="off"
        required
        maxlength="20"
        value="${withdrawal ? String(withdrawal.amount) : ''}"
      />
      <button class="button primary wide" type="submit">${words.submit}</button>
    </form>
    <p class="muted">${words.strength}</p>
    <p><a href="/">${words.back}</a></p>
  </section>`
  return page(context, words.title, main)
}

export function withdrawalDonePage(context: PageContext, { amount, at }: Withdrawal): Html {
  const words = texts[context.language].withdrawal
  const main = html`<section class="panel narrow">
    <p class="tick" aria-hidden="true">✓</p>
    <h1>${words.doneTitle}</h1>
    <p>${words.done(yen(amount), time(at))}</p>
    <p><a class="button" href="/">${words.back}</a></p>
  </section>`
  return page(context, words.doneTitle, main)
}

function noticeBox(
  { language }: PageContext,
  notice: WithdrawalNotice,
  demoHoldMinutes: number | null,
): Html {
  const words = texts[language].withdrawal
  if (notice.kind === 'proven')
    return html`<p class="notice good" role="status">${words.proven}</p>`
  if (notice.kind !== 'held') {
    return html`<p class="notice bad" role="alert">${words[notice.kind]}</p>`
  }
  const reason = words.reasons[notice.reason] ?? words.otherReason
  return html`<div class="notice bad" role="alert">
    <p><strong>${words.held(time(Date.parse(notice.until)))}</strong></p>
    <p>${words.reason(reason)}</p>
    ${demoHoldMinutes !== null && html`<p>${words.demoHold(demoHoldMinutes)}</p>`}
  </div>`
}
