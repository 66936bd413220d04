import { html } from 'hono/html'
import type { Device } from '../../../../kernel/http/user-agent.ts'
import { formatTime } from '../../../../kernel/time.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { deviceWords } from '../passkeys/device-words.ts'
import { folded } from './folded.ts'

export interface SessionRow extends Device {
  readonly id: string
  readonly current: boolean
  readonly signedInAt: number
  readonly lastSeenAt: number
  readonly applicationsOnly: boolean
}

/** Where the account is signed in, each other place with a button to end it. */
export function sessionsCard(context: PageContext, sessions: readonly SessionRow[]): Html {
  const words = context.texts.portal
  return html`<section class="card" aria-labelledby="sessions-title">
    <h2 id="sessions-title" tabindex="-1">${words.sessionsTitle}</h2>
    ${folded(
      context,
      sessions.map((session) => sessionItem(context, session)),
    )}
    ${
      sessions.some(({ current }) => !current) &&
      html`<p class="actions">
        <button class="button" id="end-others" type="button" disabled>
          ${context.texts.takingBack.endOthers}
        </button>
      </p>`
    }
  </section>`
}

function sessionItem({ texts, timeZone }: PageContext, session: SessionRow): Html {
  const words = texts.portal
  const device = deviceWords(texts.portal, session) ?? words.unknownBrowser
  const signedIn = formatTime(session.signedInAt, timeZone)
  return html`<li class="item">
    <div>
      <p class="item-name">
        ${device} ${session.current && html`<span class="badge">${words.sessionCurrent}</span>`}
      </p>
      <p class="muted small">
        <span>${words.sessionSince(signedIn)}</span>
        <span>${words.sessionSeen(formatTime(session.lastSeenAt, timeZone))}</span>
        ${session.applicationsOnly && html`<span>${words.sessionApplicationsOnly}</span>`}
      </p>
    </div>
    ${
      !session.current &&
      html`<button
        class="button small"
        type="button"
        data-session="${session.id}"
        aria-label="${words.sessionEndName(device, signedIn)}"
        disabled
      >
        ${words.sessionEnd}
      </button>`
    }
  </li>`
}
