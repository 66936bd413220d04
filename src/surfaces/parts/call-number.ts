// 「受付番号」: on every page on which somebody may be stuck, and what support may ask through it.
import { html } from 'hono/html'
import { isUnbound, type CallFailure, type CallPage } from '../../domain/vocabulary/calls.ts'
import { callNumberLifetime } from '../../limits/calls.ts'
import { icon } from '../frame/icons.ts'
import type { Html, PageContext } from '../frame/page.ts'

/**
 * The button, and the place for the number. Support asks nothing of a page without sign-in or session. `failure` is
 * what the page is about, until its script tells of another.
 */
export function callNumber(
  context: PageContext,
  page: CallPage,
  failure: CallFailure | null = null,
): Html {
  const words = context.texts.call
  return html`<section
    class="call"
    id="call"
    data-page="${page}"
    data-failure="${failure ?? ''}"
    data-lifetime="${callNumberLifetime}"
  >
    <div class="call-offer">
      <p class="small muted">${words.lead}</p>
      <button class="button small" id="call-show" type="button" disabled>${words.show}</button>
    </div>
    <div class="call-shown" id="call-shown" tabindex="-1" hidden>
      <p class="small muted" id="call-label">${words.number}</p>
      <p class="call-number">
        <span id="call-digits" aria-hidden="true" translate="no"></span>
        <span class="visually-hidden" id="call-spoken"></span>
      </p>
      <p class="notice warn">${words.onlyCallers}</p>
      <p class="timer">
        ${icon('clock')}
        <span>${words.validity} <strong id="call-remaining" role="timer"></strong></span>
      </p>
      <button class="button small" id="call-copy" type="button" data-done="${words.copied}">
        ${words.copy}
      </button>
    </div>
    <div class="notice info" id="call-state" role="status" tabindex="-1"></div>
    ${!isUnbound(page) && question(context)}
  </section>`
}

/** Shown by the page's script while support asks. */
function question({ texts }: PageContext): Html {
  const words = texts.call.check
  return html`<section class="card" id="call-check" aria-labelledby="call-check-title" hidden>
    <h2 id="call-check-title" tabindex="-1">${words.title}</h2>
    <p>${words.lead}</p>
    <p class="item-name" id="call-what"></p>
    <div class="notice error" id="call-problem" role="alert" tabindex="-1"></div>
    <form class="form" id="call-answer" method="post" autocomplete="off" novalidate>
      <div class="field">
        <label for="call-typed">${words.digits}</label>
        <input
          class="code call-typed"
          id="call-typed"
          name="digits"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          maxlength="8"
          aria-describedby="call-problem call-typed-hint"
        />
        <p class="hint" id="call-typed-hint">${words.digitsHint}</p>
      </div>
      <p class="actions">
        <button class="button primary" type="submit" disabled>${words.yes}</button>
      </p>
    </form>
    <form class="form" id="call-proof" method="post" autocomplete="off" hidden>
      <p>${words.proof}</p>
      <fieldset class="choices">
        <legend>${words.legend}</legend>
        <div id="call-passkeys"></div>
      </fieldset>
      <p class="actions">
        <button class="button primary" type="submit" disabled>${words.prove}</button>
      </p>
    </form>
    <p class="small">${words.denyHint}</p>
    <p class="actions">
      <button class="button" id="call-deny" type="button" disabled>${words.deny}</button>
    </p>
  </section>`
}
