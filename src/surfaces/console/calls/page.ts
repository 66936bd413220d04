// `/calls`: the number that a caller reads out. It stands in no address, and what it shows comes by the page's script.
import { html } from 'hono/html'
import { pageCheckActs } from '../../../domain/vocabulary/calls.ts'
import { longestAddress, longestLoginId } from '../../../limits/accounts.ts'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'

export function callsPage(context: DeskContext): Html {
  const { texts, timeZone } = context
  const words = texts.calls
  const main = html`<div class="title">
      <h1>${words.title}</h1>
      <p class="muted">${words.lead}</p>
    </div>
    <form class="card form" id="look" data-time-zone="${timeZone.name}">
      <div class="line">
        <div class="field">
          <label for="number">${words.number}</label>
          <input
            class="code"
            id="number"
            inputmode="numeric"
            maxlength="${longestLoginId}"
            autocomplete="off"
            required
            autofocus
            aria-describedby="number-hint problem"
          />
        </div>
        <button class="button primary" type="submit" disabled>${words.submit}</button>
      </div>
      <p class="hint" id="number-hint">${words.hint} ${words.wrong}</p>
    </form>
    ${outcomes()}
    <div id="call" class="columns" hidden>
      <div>
        <section class="card" aria-labelledby="say-title">
          <h2 id="say-title" tabindex="-1">${words.say}</h2>
          <p id="cause"></p>
          <ol class="tell" id="say-ja" lang="ja"></ol>
          <details>
            <summary>${words.inEnglish}</summary>
            <ol class="tell" id="say-en" lang="en"></ol>
          </details>
          <h3>${words.offers}</h3>
          <ul class="rows" id="offers"></ul>
        </section>
        <section class="card" aria-labelledby="sees-title">
          <h2 id="sees-title">${words.sees}</h2>
          <dl class="facts" id="sees"></dl>
          <div id="tries-part" hidden>
            <h3>${words.tries}</h3>
            <ul class="rows" id="tries"></ul>
          </div>
          <div id="known-part" hidden>
            <h3>${words.known}</h3>
            <ul class="rows" id="known"></ul>
          </div>
        </section>
      </div>
      <div>
        <section class="card" aria-labelledby="check-title">
          <h2 id="check-title">${words.check}</h2>
          <p class="hint">${words.checkHint}</p>
          <form class="form" id="check">
            <div class="field">
              <label for="check-act">${words.checkAct}</label>
              <select id="check-act" required>
                ${pageCheckActs.map((act) => html`<option value="${act}">${texts.acts[act]}</option>`)}
              </select>
            </div>
            <div class="field" id="check-passkey-field" hidden>
              <label for="check-passkey">${texts.asking.whichPasskey}</label>
              <select id="check-passkey"></select>
            </div>
            <div class="field" id="check-email-field" hidden>
              <label for="check-email">${texts.asking.newEmail}</label>
              <input
                id="check-email"
                type="email"
                maxlength="${longestAddress}"
                autocomplete="off"
              />
            </div>
            <button class="button primary" type="submit" disabled>${words.sendCheck}</button>
          </form>
          <div id="digits-box" hidden>
            <p>${words.readOut}</p>
            <output class="half" id="digits"></output>
          </div>
          <p id="check-state" role="status"></p>
          <p class="links" id="to-account" hidden><a href="/accounts">${words.toAccount}</a></p>
        </section>
      </div>
    </div>`
  const named = Object.entries(texts.acts).map(([name, says]) => [`act_${name}`, says] as const)
  const states = Object.entries(words.checkStates).map(([name, says]) => [`check_${name}`, says])
  return deskPage(context, {
    ...{ title: words.title, place: 'calls', script: 'calls', main },
    words: { ...texts.browser.calls, ...Object.fromEntries([...named, ...states]) },
  })
}
