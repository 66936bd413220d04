// `/requests/:id`: what an approval does, in plain words and then in the very words that are signed.
import { html } from 'hono/html'
import type { LapseReason } from '../../../domain/requests/request.ts'
import { accountReaders } from '../../../domain/vocabulary/desk.ts'
import { longestReason } from '../../../limits/requests.ts'
import { icon } from '../../frame/icons.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'
import { actNames, facts, shownTime, stateBadge, textDialog } from '../frame/parts.ts'
import { inPlainWords } from './plain.ts'
import type { RequestView } from './view.ts'

export function requestPage(context: DeskContext, view: RequestView): Html {
  const { texts } = context
  const words = texts.request
  const title = words.title(actNames(context, view.names))
  const main = html`<div class="title">
      <h1>${title}</h1>
      ${stateBadge(context, view.state)} <strong>${view.about}</strong>
    </div>
    ${outcomes()} ${whatNow(context, view)} ${view.hasCode && codeCard(context, view)}
    <div class="columns">
      <div>
        <section class="card" aria-labelledby="plain-title">
          <h2 id="plain-title">
            ${view.state === 'waiting' ? words.plainTitle : words.plainTitleClosed}
          </h2>
          <ol class="plain">
            ${inPlainWords(context, view.text).map(
              ([first, ...rest]) =>
                html`<li>${first} ${rest.map((line) => html`<p class="change">${line}</p>`)}</li>`,
            )}
          </ol>
        </section>
        <section class="card" aria-labelledby="signed-title">
          <h2 id="signed-title">${words.signedTitle}</h2>
          <p class="muted">${words.signedNote}</p>
          <pre class="signed" id="signed" tabindex="0" aria-labelledby="signed-title">
${view.text}</pre>
          <p class="small muted">${words.digest}<br /><code>${view.digest}</code></p>
        </section>
      </div>
      <div class="beside">${decisions(context, view)} ${factsCard(context, view)}</div>
    </div>
    ${refusalDialog(context)} ${withdrawDialog(context)}`
  return deskPage(context, {
    ...{ title, place: 'requests', script: 'request', words: texts.browser.asking, main },
  })
}

function whatNow(context: DeskContext, view: RequestView): Html | null {
  const words = context.texts.request
  const { state, closedReason, takesEffectAt } = view
  if (state === 'waiting') return null
  if (state === 'done') return html`<p class="notice good">${words.done}</p>`
  if (state === 'approved') {
    return html`<p class="notice warn">
      ${words.waitsUntil} ${shownTime(context, takesEffectAt ?? view.expiresAt)}
    </p>`
  }
  const why = lapseOf(context, closedReason)
  return html`<div class="notice warn">
    <p>${words.closed[state]}</p>
    ${why && html`<p>${why}</p>`}
  </div>`
}

/** What ends a request but its lapse, in the fixed words of those who end it. */
type EndReason = 'by_holder' | 'by_support' | 'caller_said_no' | 'erased'

function lapseOf({ texts }: DeskContext, reason: string | null): string | null {
  const words: Readonly<Record<LapseReason | EndReason, string>> = texts.request.lapses
  const known: Readonly<Record<string, string>> = words
  // A withdrawal says all of it; what else is no word of ours an operator wrote.
  return reason === null || reason === 'withdrawn' ? null : (known[reason] ?? reason)
}

function decisions(context: DeskContext, view: RequestView): Html | null {
  const { texts, signedIn } = context
  const words = texts.request
  if (view.state !== 'waiting') return null
  const isOwn = view.asker.id === signedIn?.id
  const mayRefuse = !isOwn && hasRole(context, view.kind === 'account' ? 'approver' : 'admin')
  return html`<section class="card acts" data-id="${view.id}" id="decisions">
    ${isOwn && html`<p>${words.obstacles.own_request}</p>`}
    ${isOwn && !view.approverSignedIn && html`<p class="notice warn">${texts.asking.approversNone}</p>`}
    ${!isOwn && view.obstacle !== null && html`<p class="notice warn">${words.obstacles[view.obstacle]}</p>`}
    ${
      view.obstacle === null &&
      html`<button class="button primary" id="approve" type="button" disabled>
          ${icon('shield')} ${words.approve}
        </button>
        <p class="hint">${words.approveHint}</p>`
    }
    ${mayRefuse && html`<button class="button danger" type="button" data-opens="refusal">${words.refuse}</button>`}
    ${isOwn && html`<button class="button" type="button" data-opens="withdrawal">${words.withdraw}</button>`}
  </section>`
}

function factsCard(context: DeskContext, view: RequestView): Html {
  const { texts } = context
  const words = texts.request
  const time = (at: number | null) => (at === null ? null : shownTime(context, at))
  const canOpen = view.accountId !== null && hasRole(context, ...accountReaders)
  return html`<section class="card" aria-labelledby="facts-title">
    <h2 id="facts-title">${words.facts}</h2>
    ${facts([
      [
        view.kind === 'account' ? words.account : words.operator,
        canOpen ? html`<a href="/accounts/${view.accountId}">${view.about}</a>` : view.about,
      ],
      [words.asker, view.asker.name],
      [words.askedAt, time(view.askedAt)],
      [words.expiresAt, view.state === 'waiting' ? time(view.expiresAt) : null],
      [texts.frame.reason, view.reason],
      [texts.frame.ticket, view.ticket],
      [words.approver, view.approver?.name ?? null],
      [words.decidedAt, time(view.decidedAt)],
      [words.takesEffectAt, time(view.takesEffectAt)],
      [words.doneAt, time(view.doneAt)],
    ])}
    <h3>${words.checks}</h3>
    ${
      view.checks.length === 0
        ? html`<p class="muted">${words.noChecks}</p>`
        : html`<ul class="stack">
            ${view.checks.map((one) => checkLine(context, one))}
          </ul>`
    }
    ${
      view.hasReceipt &&
      html`<p>
          <button class="button small" id="save-receipt" type="button">${words.receipt}</button>
        </p>
        <p class="hint">${words.receiptHint}</p>`
    }
  </section>`
}

function checkLine(context: DeskContext, one: RequestView['checks'][number]): Html {
  const { asking, request: words } = context.texts
  const names: Readonly<Record<string, string>> = asking.checkNames
  return html`<li>
    ${names[one.check] ?? one.check}
    <p class="small muted">
      ${one.method} ${one.number && html`${words.number} ${one.number}`}
      ${one.at && shownTime(context, one.at)}
    </p>
  </li>`
}

/** The code is asked for by a press: it is shown once, and a page may be loaded by mistake. */
function codeCard({ texts }: DeskContext, { kind }: RequestView): Html {
  const words = texts.request
  const [title, hand, show] =
    kind === 'operator'
      ? [words.askerHalf, words.askerHand, words.showHalf]
      : [words.activationCode, words.activationHand, words.showActivation]
  return html`<section class="card" id="asker-half" aria-labelledby="half-title">
    <h2 id="half-title">${title}</h2>
    <p>${hand}</p>
    <p class="actions">
      <button class="button primary" id="show-half" type="button" disabled>${show}</button>
    </p>
    <output class="half" id="half" hidden></output>
  </section>`
}

function refusalDialog(context: DeskContext): Html {
  const words = context.texts.request
  return textDialog(context, {
    id: 'refusal',
    title: words.refuseTitle,
    field: {
      ...{ id: 'refusal-reason', name: 'reason', label: words.refuseReason },
      most: longestReason,
    },
    submit: words.refuseSubmit,
  })
}

function withdrawDialog({ texts }: DeskContext): Html {
  const words = texts.request
  return html`<dialog class="panel" id="withdrawal" aria-labelledby="withdrawal-title">
      <h2 id="withdrawal-title">${words.withdrawTitle}</h2>
      <p>${words.withdrawText}</p>
      <div class="notice error" role="alert" tabindex="-1" data-problem></div>
      <p class="actions">
        <button class="button primary" id="withdraw" type="button" disabled>
          ${words.withdrawSubmit}
        </button>
        <button class="button" type="button" data-close>${texts.frame.cancel}</button>
      </p>
    </dialog>
    <template id="approver-half">
      <section class="card" aria-labelledby="hand-title">
        <h2 id="hand-title" tabindex="-1">${words.handOverTitle}</h2>
        <p><strong>${words.approverHalf}</strong></p>
        <output class="half"></output>
        <p>${words.approverHand}</p>
        <p class="actions">
          <button class="button primary" type="button" data-noted>${words.noted}</button>
        </p>
      </section>
    </template>`
}
