// `/accounts`: where most calls begin. What is typed stands in no address, so that no history keeps it.
import { html } from 'hono/html'
import { longestQuery } from '../../../limits/desk.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'

export function searchPage(context: DeskContext): Html {
  const { accounts: words, account, browser } = context.texts
  const main = html`<h1>${words.title}</h1>
    <form id="find" class="card form" role="search">
      <div class="line">
        <div class="field">
          <label for="search">${words.search}</label>
          <input
            id="search"
            name="q"
            type="text"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            maxlength="${longestQuery}"
            required
            autofocus
            aria-describedby="search-hint problem"
          />
        </div>
        <button class="button primary" type="submit" disabled>${words.submit}</button>
      </div>
      <p class="hint" id="search-hint">${words.hint}</p>
    </form>
    ${outcomes()}
    <section class="card" id="results" hidden aria-labelledby="results-title">
      <h2 id="results-title">${words.results}</h2>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${words.loginId}</th>
            <th scope="col">${words.name}</th>
            <th scope="col">${words.email}</th>
            <th scope="col">${words.state}</th>
          </tr>
        </thead>
        <tbody
          id="rows"
          data-name="${words.name}"
          data-email="${words.email}"
          data-state="${words.state}"
        ></tbody>
      </table>
      <p class="notice" id="more" hidden>${browser.accounts.more}</p>
    </section>
    ${
      hasRole(context, 'agent') &&
      html`<p class="links">
        ${words.byNumber} <a href="/calls">${context.texts.frame.pages.calls}</a>
      </p>`
    }`
  return deskPage(context, {
    ...{ title: words.title, place: 'accounts', script: 'accounts', main },
    words: { ...browser.accounts, ...statesOf(account.states) },
  })
}

/** The script writes the state of each row. */
function statesOf(states: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(states).map(([name, says]) => [`state_${name}`, says]))
}
