import { html } from 'hono/html'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { minutes, seconds } from '../../kernel/clock.ts'
import { icon } from '../frame/icons.ts'
import type { Html, PageContext } from '../frame/page.ts'
import { actionBar, statusLine } from './action-bar.ts'

/** Whereto the code goes, and how far its mail has come, which a script says. */
export function mailLine({ texts }: PageContext, sent: string): Html {
  return html`<p class="lead">${icon('mail')} <span id="sent">${sent}</span></p>
    <p class="hint" id="mail" role="status">${texts.browser.code.sending}</p>`
}

/**
 * Below the `mailLine`: the field for a code with the time that it has left, and the button for a new code; `further`
 * stands under the field.
 */
export function codeForm(
  { texts, timeZone }: PageContext,
  code: SentCode,
  now: number,
  further: Html | null = null,
): Html {
  const words = texts.emailCode
  const left = Math.max(0, code.expiresAt - now)
  const remaining = texts.browser.code.remaining
    .replace('{m}', String(Math.floor(left / minutes)))
    .replace('{s}', String(Math.floor((left % minutes) / seconds)))
  return html`<form
      class="form"
      id="code-form"
      method="post"
      autocomplete="off"
      novalidate
      data-now="${now}"
      data-expires-at="${code.expiresAt}"
      data-resend-after="${code.resendAfter}"
      data-time-zone="${timeZone.name}"
    >
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      <div class="field">
        <label for="code">${words.code}</label>
        <input
          class="code"
          id="code"
          name="code"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          aria-describedby="problem sent code-hint"
          required
          autofocus
        />
        <p class="hint" id="code-hint">${words.codeHint}</p>
      </div>
      ${further}
      <p class="timer">
        ${icon('clock')}
        <span>${words.validity} <strong id="remaining" role="timer">${remaining}</strong></span>
      </p>
      <p class="visually-hidden" id="announcement" role="status"></p>
      <p class="notice warn" id="warning" hidden></p>
      ${actionBar(statusLine, words.submit)}
    </form>
    <section class="aside">
      <h2>${words.notArrived}</h2>
      <p>${words.notArrivedText}</p>
      <button class="button" id="resend" type="button" aria-describedby="resend-wait" disabled>
        ${words.resend}
      </button>
      <p class="hint" id="resend-wait"></p>
    </section>`
}
