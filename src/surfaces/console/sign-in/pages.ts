// How an operator comes in: the sign-in, and the enrolment with a code.
import { html } from 'hono/html'
import { icon } from '../../frame/icons.ts'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'

/** `/sign-in`: one button, as there is one way. */
export function signInPage(context: DeskContext, continueTo: string): Html {
  const words = context.texts.signIn
  const main = html`<section class="card">
    <h1>${words.title}</h1>
    <p class="notice">${words.notCustomers}</p>
    <p>${words.lead}</p>
    ${outcomes()}
    <form id="sign-in" class="form" data-continue-to="${continueTo}">
      <button class="button primary" type="submit" disabled autofocus>
        ${icon('shield')} ${words.submit}
      </button>
    </form>
    <p class="small">${words.first} <a href="/enrol">${words.toEnrol}</a></p>
  </section>`
  return deskPage(context, { title: words.title, script: 'sign-in', main, narrow: true })
}

/** `/enrol`: the code, then the browser's dialog. */
export function enrolPage(context: DeskContext): Html {
  const words = context.texts.enrol
  const main = html`<section class="card">
    <div id="before">
      <h1>${words.title}</h1>
      <p>${words.lead}</p>
      ${outcomes()}
      <form id="enrol" class="form">
        <div class="field">
          <label for="code">${words.code}</label>
          <input
            class="code"
            id="code"
            name="code"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            required
            autofocus
            aria-describedby="code-hint problem"
          />
          <p class="hint" id="code-hint">${words.codeHint}</p>
        </div>
        <p class="notice warn small">${words.replaces}</p>
        <button class="button primary" type="submit" disabled>
          ${icon('key')} ${words.submit}
        </button>
      </form>
      <p class="small"><a href="/sign-in">${words.toSignIn}</a></p>
    </div>
    <template id="after">
      <h1 tabindex="-1">${words.doneTitle}</h1>
      <p class="notice good">${words.done} <strong class="enrolled"></strong></p>
      <p>${words.second}</p>
      <p class="actions"><a class="button primary" href="/sign-in">${words.toSignIn}</a></p>
    </template>
  </section>`
  const { create, enrolment } = context.texts.browser
  return deskPage(context, {
    ...{ title: words.title, script: 'enrol', main, narrow: true },
    words: { ...create, ...enrolment },
  })
}
