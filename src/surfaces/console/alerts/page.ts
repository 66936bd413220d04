// `/alerts`: what a supervisor should see, and the accounts under suspicion.
import { html } from 'hono/html'
import type { AnswerOf } from '../../frame/action.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'
import { shownTime } from '../frame/parts.ts'
import type { showAlerts } from './alert-routes.ts'
import type { list } from './case-routes.ts'

type Alerts = AnswerOf<typeof showAlerts>
type Cases = AnswerOf<typeof list>['cases']

export function alertsPage(context: DeskContext, alerts: Alerts, cases: Cases | null): Html {
  const { texts } = context
  const words = texts.alerts
  const main = html`<div class="title">
      <h1>${words.title}</h1>
      <p class="muted">${words.lead}</p>
    </div>
    ${outcomes()} ${cases && casesCard(context, cases)}
    <section class="card" aria-labelledby="alerts-title">
      <h2 id="alerts-title">${words.list}</h2>
      ${
        alerts.alerts.length === 0
          ? html`<p class="muted">${words.none}</p>`
          : html`<table class="table">
              <thead>
                <tr>
                  <th scope="col">${words.kind}</th>
                  <th scope="col">${words.at}</th>
                  <th scope="col">${words.who}</th>
                  <th scope="col">${words.account}</th>
                </tr>
              </thead>
              <tbody>
                ${alerts.alerts.map((one) => alertRow(context, one))}
              </tbody>
            </table>`
      }
      ${
        alerts.next &&
        html`<p class="links"><a href="/alerts?before=${alerts.next}">${words.more}</a></p>`
      }
    </section>
    ${
      hasRole(context, 'auditor') &&
      html`<p class="links"><a href="/api/looks/export" download>${words.exportLooks}</a></p>`
    }`
  return deskPage(context, { title: words.title, place: 'alerts', main })
}

function alertRow(context: DeskContext, one: Alerts['alerts'][number]): Html {
  const words = context.texts.alerts
  const { stoppedFrom } = one.detail
  const who = [one.operator?.name, one.other?.name].filter(Boolean).join(context.texts.frame.listed)
  return html`<tr>
    <th scope="row">
      ${words.kinds[one.kind]}
      ${typeof stoppedFrom === 'string' && html`<p class="small">${words.stoppedFrom(stoppedFrom)}</p>`}
      <p class="small muted">${words.does[one.kind]}</p>
    </th>
    <td data-label="${words.at}">${shownTime(context, one.at)}</td>
    <td data-label="${words.who}">${who || '–'}</td>
    <td data-label="${words.account}">
      ${one.accountId ? html`<a href="/accounts/${one.accountId}" data-row>${words.open}</a>` : '–'}
    </td>
  </tr>`
}

function casesCard(context: DeskContext, cases: Cases): Html {
  const { alerts: words, cases: of } = context.texts
  return html`<section class="card" aria-labelledby="cases-title">
    <h2 id="cases-title">${words.cases}</h2>
    ${
      cases.length === 0
        ? html`<p class="muted">${words.noCases}</p>`
        : html`<table class="table">
            <thead>
              <tr>
                <th scope="col">${of.openedAt}</th>
                <th scope="col">${of.claim}</th>
                <th scope="col">${of.openedBy}</th>
                <th scope="col">${of.investigator}</th>
                <th scope="col">${context.texts.accounts.state}</th>
              </tr>
            </thead>
            <tbody>
              ${cases.map(
                (one) =>
                  html`<tr>
                    <th scope="row">
                      <a href="/cases/${one.id}" data-row>${shownTime(context, one.openedAt)}</a>
                    </th>
                    <td data-label="${of.claim}">${one.claim}</td>
                    <td data-label="${of.openedBy}">${one.openedBy.name}</td>
                    <td data-label="${of.investigator}">${one.investigator?.name ?? of.nobody}</td>
                    <td data-label="${context.texts.accounts.state}">
                      <span class="badge ${one.state === 'open' ? 'bad' : ''}"
                        >${of[one.state]}</span
                      >
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`
}
