// `/requests`: what waits for who looks comes first.
import { html } from 'hono/html'
import { requestStates, type RequestState } from '../../../domain/vocabulary/desk.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'
import { actNames, shownTime, stateBadge } from '../frame/parts.ts'
import type { RequestLine } from './view.ts'

interface ListParts {
  /** Those that who looks may decide. */
  readonly mine: readonly RequestLine[]
  readonly others: readonly RequestLine[]
  readonly state: RequestState | null
  /** The address of the next page. */
  readonly next: string | null
  readonly approves: boolean
}

export function requestsPage(context: DeskContext, parts: ListParts): Html {
  const words = context.texts.requests
  const { mine, others, state, next, approves } = parts
  const main = html`<div class="title">
      <h1>${words.title}</h1>
      <p class="muted">${words.lead}</p>
    </div>
    ${outcomes()}
    ${
      hasRole(context, 'agent') &&
      html`<p class="links">
        <a href="/requests/reopen-many">${words.reopenMany}</a>
      </p>`
    }
    ${
      approves &&
      html`<section class="card" aria-labelledby="mine-title">
        <h2 id="mine-title">${words.mine}${context.texts.frame.inBrackets(String(mine.length))}</h2>
        ${mine.length > 0 ? table(context, mine) : html`<p class="muted">${words.mineNone}</p>`}
      </section>`
    }
    <section class="card" aria-labelledby="others-title">
      <h2 id="others-title">${words.others}</h2>
      <form class="line" method="get" action="/requests">
        <div class="field short">
          <label for="state">${words.filter}</label>
          <select id="state" name="state">
            <option value="">${words.all}</option>
            ${requestStates.map(
              (one) =>
                html`<option value="${one}" ${one === state ? 'selected' : ''}>
                  ${context.texts.requestStates[one]}
                </option>`,
            )}
          </select>
        </div>
        <button class="button" type="submit">${words.apply}</button>
      </form>
      ${others.length > 0 ? table(context, others) : html`<p class="muted">${words.othersNone}</p>`}
      ${next && html`<p class="links"><a href="${next}">${words.more}</a></p>`}
    </section>`
  return deskPage(context, { title: words.title, place: 'requests', main })
}

function table(context: DeskContext, lines: readonly RequestLine[]): Html {
  const words = context.texts.requests
  return html`<table class="table">
    <thead>
      <tr>
        <th scope="col">${words.act}</th>
        <th scope="col">${words.about}</th>
        <th scope="col">${words.asker}</th>
        <th scope="col">${words.askedAt}</th>
        <th scope="col">${words.state}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map((line) => row(context, line))}
    </tbody>
  </table>`
}

function row(context: DeskContext, line: RequestLine): Html {
  const words = context.texts.requests
  const isOwn = line.asker.id === context.signedIn?.id
  return html`<tr>
    <th scope="row">
      <a href="/requests/${line.id}" data-row>${actNames(context, line.names)}</a>
    </th>
    <td data-label="${words.about}">${line.about}</td>
    <td data-label="${words.asker}">
      ${line.asker.name} ${isOwn && html`<span class="muted small">${words.ownHint}</span>`}
    </td>
    <td data-label="${words.askedAt}">
      ${shownTime(context, line.askedAt)}
      ${
        line.state === 'waiting' &&
        html`<span class="muted small">${words.ends} ${shownTime(context, line.expiresAt)}</span>`
      }
    </td>
    <td data-label="${words.state}">${stateBadge(context, line.state)}</td>
  </tr>`
}
