// `/cases/:id`: an account under suspicion, who investigates it, and how it ends.
import { html } from 'hono/html'
import type { z } from 'zod'
import { longestReason } from '../../../limits/requests.ts'
import type { Html } from '../../frame/page.ts'
import type { caseView } from '../accounts/views.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'
import { facts, shownTime, textDialog } from '../frame/parts.ts'

type CaseView = z.output<typeof caseView>

export function casePage(context: DeskContext, view: CaseView, loginId: string): Html {
  const { texts } = context
  const words = texts.cases
  const title = words.title(loginId)
  const main = html`<div class="title">
      <h1>${title}</h1>
      <span class="badge ${view.state === 'open' ? 'bad' : ''}">${words[view.state]}</span>
    </div>
    ${outcomes()}
    <div class="columns">
      <div>
        <section class="card" aria-labelledby="claim-title">
          <h2 id="claim-title">${words.claim}</h2>
          <p class="said">${view.claim}</p>
          ${facts([
            [texts.frame.reason, view.reason],
            [texts.frame.ticket, view.ticket],
            [words.openedAt, shownTime(context, view.openedAt)],
            [words.openedBy, view.openedBy.name],
            [words.investigator, view.investigator?.name ?? words.nobody],
            [words.closedAt, view.closed && shownTime(context, view.closed.at)],
            [words.closedBy, view.closed?.by?.name ?? null],
            [words.outcome, view.closed?.reason ?? null],
          ])}
        </section>
      </div>
      <div class="beside">
        <section class="card acts" data-id="${view.id}" id="case">
          ${view.state === 'open' && html`<p class="notice warn">${words.means}</p>`}
          <a class="button" href="/accounts/${view.accountId}">${words.toAccount}</a>
          ${
            hasRole(context, 'approver', 'auditor') &&
            html`<a class="button" href="/api/cases/${view.id}/export" download>${words.export}</a>`
          }
          ${view.state === 'open' && hasRole(context, 'approver') && decisions(context, view)}
        </section>
      </div>
    </div>
    ${closing(context)}`
  return deskPage(context, { title, place: 'alerts', script: 'case', main })
}

function decisions(context: DeskContext, view: CaseView): Html {
  const words = context.texts.cases
  const isMine = view.investigator?.id === context.signedIn?.id
  const isOpener = view.openedBy.id === context.signedIn?.id
  return html`${
    !isMine &&
    html`<button class="button primary" id="take" type="button" disabled>${words.take}</button>
      <p class="hint">${words.takeHint}</p>`
  }
  ${
    isOpener
      ? html`<p class="hint">${words.closeByAnother}</p>`
      : html`<button class="button" type="button" data-opens="closing" disabled>
          ${words.close}
        </button>`
  }`
}

function closing(context: DeskContext): Html {
  const words = context.texts.cases
  return textDialog(context, {
    id: 'closing',
    title: words.closeTitle,
    field: { id: 'outcome', name: 'reason', label: words.outcome, most: longestReason },
    submit: words.closeSubmit,
  })
}
