// What a page that is signed in needs to end well: the warning before the end, and what stands there after it.
import { html } from 'hono/html'
import type { Deps } from '../../domain/deps.ts'
import { sessionEnd, type Session } from '../../domain/sessions/session.ts'
import { longestLifetime, warnBeforeEnd } from '../../limits/sessions.ts'
import type { Html, PageContext } from '../frame/page.ts'

/** The context of a page that is shown to the holder of a session, and watches over its end. */
export function withSessionWatch(
  { now }: Pick<Deps, 'now'>,
  context: PageContext,
  session: Session,
): PageContext {
  return { ...context, sessionWatch: sessionWatch(context, session, now()) }
}

/** The page's script opens the dialog, and puts the template in place of the content. */
function sessionWatch({ texts, path }: PageContext, session: Session, now: number): Html {
  const words = texts.sessionWatch
  return html`<dialog
      class="card session-warning"
      id="session-warning"
      aria-labelledby="session-title"
      aria-describedby="session-text session-left"
      data-signed-in-at="${session.signedInAt}"
      data-ends="${sessionEnd(session)}"
      data-latest="${session.signedInAt + longestLifetime}"
      data-now="${now}"
      data-warn-before="${warnBeforeEnd}"
    >
      <h2 id="session-title">${words.title}</h2>
      <p id="session-text"></p>
      <p><strong id="session-left"></strong></p>
      <p class="visually-hidden" id="session-said" role="status"></p>
      <p class="notice error" id="session-problem" role="alert"></p>
      <p class="actions">
        <button class="button primary" id="session-continue" type="button">${words.goOn}</button>
        <button class="button primary" id="session-dismiss" type="button">${words.dismiss}</button>
      </p>
    </dialog>
    <template id="session-over">
      <section class="card">
        <h1 tabindex="-1">${words.overTitle}</h1>
        <p class="why"></p>
        <p class="muted small">${words.overNote}</p>
        <p class="actions">
          <a class="button primary" href="${path}">${words.signIn}</a>
        </p>
      </section>
    </template>`
}
