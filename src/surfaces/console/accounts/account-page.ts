// `/accounts/:id`: a call is answered from here, without a second page.
import { html } from 'hono/html'
import { formatTime } from '../../../kernel/time.ts'
import { revealShownFor } from '../../../limits/desk.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'
import { actNames, shownTime, stateBadge } from '../frame/parts.ts'
import { actionsCard, actionDialogs } from './account-actions.ts'
import { mailsCard, passkeysCard, sessionsCard, signInsCard } from './account-cards.ts'
import { brokerCallCard } from './broker-call.ts'
import type { AccountView, EventsView } from './page-routes.ts'
import { timelineCard } from './timeline.ts'

interface AccountParts {
  readonly view: AccountView
  readonly timeline: EventsView
  readonly kinds: readonly string[]
  readonly kind: string | null
}

export function accountPage(context: DeskContext, parts: AccountParts): Html {
  const { texts } = context
  const words = texts.account
  const { view } = parts
  const title = words.title(view.loginId)
  const isAgent = hasRole(context, 'agent')
  const main = html`<div class="title">
      <h1>${title}</h1>
      <strong id="shown-name" data-shown-for="${revealShownFor}">${view.displayName}</strong>
      <span id="shown-email" class="muted">${view.email}</span>
      ${(isAgent || hasRole(context, 'approver')) && html`<button class="button small" type="button" data-opens="reveal" disabled>${words.reveal}</button>`}
    </div>
    ${outcomes()} ${caseNotice(context, view)} ${pendingNotice(context, view)}
    ${strip(context, view)}
    <div class="columns">
      <div>
        ${toTell(context, view)} ${passkeysCard(context, view)} ${signInsCard(context, view)}
        ${sessionsCard(context, view)} ${mailsCard(context, view)} ${requestsCard(context, view)}
      </div>
      <div class="beside-long">
        ${actionsCard(context, view)} ${brokerCallCard(context, view)}
        ${timelineCard(context, parts)}
      </div>
    </div>
    ${actionDialogs(context, view)}`
  return deskPage(context, {
    ...{ title, place: 'accounts', script: 'account', main },
    words: texts.browser.account,
  })
}

function strip(
  context: DeskContext,
  { state, lock, secondFactor, activationUntil, hold, stop, passkeys }: AccountView,
): Html {
  const words = context.texts.account
  const { plain } = context.texts
  const reasons: Readonly<Record<string, string>> = plain.lockReasons
  const holds: Readonly<Record<string, string>> = words.holdReasons
  const live = passkeys.filter((one) => one.state === 'live').length
  return html`<dl class="strip">
    <div>
      <dt>${context.texts.accounts.state}</dt>
      <dd>
        <span class="badge ${state === 'open' ? 'ok' : 'bad'}">${words.states[state]}</span>
        ${lock && html`<p class="small">${reasons[lock.reason] ?? lock.reason} ${shownTime(context, lock.since)}</p>`}
      </dd>
    </div>
    <div>
      <dt>${words.secondFactor}</dt>
      <dd>${words.factors[secondFactor]}</dd>
    </div>
    <div>
      <dt>${words.passkeys}</dt>
      <dd>${words.liveCount(live)}</dd>
    </div>
    ${
      secondFactor === 'email' &&
      html`<div>
        <dt>${words.activation}</dt>
        <dd>${activation(context, activationUntil)}</dd>
      </div>`
    }
    <div>
      <dt>${words.hold}</dt>
      <dd>
        ${
          hold
            ? html`<span class="badge wait"
                  >${words.heldUntil(formatTime(hold.until, context.timeZone))}</span
                >
                <p class="small">${holds[hold.reason] ?? hold.reason}</p>`
            : words.noHold
        }
        ${
          stop &&
          html`<p>
            <span class="badge long bad"
              >${words.stopped[stop.level](formatTime(stop.since, context.timeZone))}</span
            >
          </p>`
        }
      </dd>
    </div>
  </dl>`
}

function activation(context: DeskContext, until: string | null): Html | string {
  const words = context.texts.account
  if (until === null) return words.noActivation
  const isOver = Date.parse(until) <= context.now
  const time = formatTime(until, context.timeZone)
  return html`<span class="badge ${isOver ? 'bad' : 'ok'}"
    >${isOver ? words.activationOver(time) : words.activationUntil(time)}</span
  >`
}

/** In words that can be read out as they are. */
function toTell({ texts }: DeskContext, { advice }: AccountView): Html {
  const words = texts.account
  return html`<section class="card" aria-labelledby="tell-title">
    <h2 id="tell-title">${words.toTell}</h2>
    <ul class="tell">
      ${advice.map(({ text }) => html`<li>${text}</li>`)}
    </ul>
  </section>`
}

function caseNotice(context: DeskContext, { cases }: AccountView): Html | null {
  const words = context.texts.account
  const open = cases.find(({ state }) => state === 'open')
  if (!open) return null
  return html`<div class="notice error">
    <p>
      <strong>${words.inCase}</strong> ${shownTime(context, open.openedAt)}
      ${open.investigator?.name}
      <a href="/cases/${open.id}">${words.toCase}</a>
    </p>
  </div>`
}

/** What was approved and waits stands on top: the caller may be the one who wants it stopped. */
function pendingNotice(context: DeskContext, { requests }: AccountView): Html | null {
  const words = context.texts.account
  const waiting = requests.filter(({ state }) => state === 'approved')
  if (waiting.length === 0) return null
  return html`<section class="notice warn" aria-label="${words.pending}">
    ${waiting.map(
      ({ id, acts, takesEffectAt }) =>
        html`<p>
          ${words.pending}：<a href="/requests/${id}">${actNames(context, acts)}</a>
          ${takesEffectAt && shownTime(context, takesEffectAt)}
        </p>`,
    )}
  </section>`
}

function requestsCard(context: DeskContext, { requests }: AccountView): Html {
  const words = context.texts.account
  const of = context.texts.requests
  return html`<section class="card" aria-labelledby="requests-title">
    <h2 id="requests-title">${words.requests}</h2>
    ${
      requests.length === 0
        ? html`<p class="muted">${words.noRequests}</p>`
        : html`<table class="table">
            <thead>
              <tr>
                <th scope="col">${of.act}</th>
                <th scope="col">${of.asker}</th>
                <th scope="col">${of.askedAt}</th>
                <th scope="col">${of.state}</th>
              </tr>
            </thead>
            <tbody>
              ${requests.map(
                ({ id, acts, asker, askedAt, state }) =>
                  html`<tr>
                    <th scope="row">
                      <a href="/requests/${id}" data-row>${actNames(context, acts)}</a>
                    </th>
                    <td data-label="${of.asker}">${asker.name}</td>
                    <td data-label="${of.askedAt}">${shownTime(context, askedAt)}</td>
                    <td data-label="${of.state}">${stateBadge(context, state)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`
}
