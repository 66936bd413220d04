// `/operators` for admins, and `/me` for everybody.
import { html } from 'hono/html'
import { fewestAdmins, mostOperatorPasskeys } from '../../../limits/operators.ts'
import type { AnswerOf } from '../../frame/action.ts'
import { icon } from '../../frame/icons.ts'
import type { Html } from '../../frame/page.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { deskPage, outcomes } from '../frame/page.ts'
import { facts, shownTime } from '../frame/parts.ts'
import type { showOperators } from './operator-routes.ts'
import type { showSession } from './session-routes.ts'

type Operators = AnswerOf<typeof showOperators>['operators']
type Session = AnswerOf<typeof showSession>

/** All operators, with what an admin may ask for. */
export function operatorsPage(context: DeskContext, operators: Operators): Html {
  const { texts } = context
  const words = texts.operators
  const isAdmin = hasRole(context, 'admin')
  const main = html`<div class="title">
      <h1>${words.title}</h1>
      <p class="muted">${words.lead}</p>
    </div>
    ${outcomes()}
    <section class="card">
      ${
        isAdmin &&
        html`<form class="actions" method="get" action="/operators/request">
          <input type="hidden" name="act" value="add-operator" />
          <button class="button primary" type="submit">${words.add}</button>
        </form>`
      }
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${words.name}</th>
            <th scope="col">${words.roles}</th>
            <th scope="col">${words.state}</th>
            <th scope="col">${words.passkeys}</th>
            <th scope="col">${words.account}</th>
            ${isAdmin && html`<th scope="col">${words.act}</th>`}
          </tr>
        </thead>
        <tbody>
          ${operators.map((one) => operatorRow(context, one, operators))}
        </tbody>
      </table>
      <p class="hint">${words.lastAdmins}</p>
    </section>
    ${isAdmin && removal(context)}`
  return deskPage(context, {
    ...{ title: words.title, place: 'operators', script: 'operators', main },
    words: texts.browser.operators,
  })
}

function operatorRow(context: DeskContext, one: Operators[number], all: Operators): Html {
  const { texts } = context
  const words = texts.operators
  const isOwn = one.id === context.signedIn?.id
  const state =
    one.closedAt !== null ? words.closed : one.passkeys === 0 ? words.notEnrolled : words.open
  return html`<tr>
    <th scope="row">
      ${one.name} ${isOwn && html`<span class="muted small">${words.own}</span>`}
      ${one.email && html`<p class="muted small">${one.email}</p>`}
    </th>
    <td class="words" data-label="${words.roles}">
      ${one.roles.map((role) => texts.roles[role]).join(texts.frame.listed)}
    </td>
    <td data-label="${words.state}">
      <span class="badge ${one.closedAt !== null ? 'bad' : one.passkeys === 0 ? 'wait' : 'ok'}"
        >${state}</span
      >
      ${one.signedIn && html`<span class="badge">${words.signedIn}</span>`}
    </td>
    <td data-label="${words.passkeys}">${words.passkeysCount(one.passkeys)}</td>
    <td data-label="${words.account}">${one.customer ? words.isCustomer : texts.frame.none}</td>
    ${
      hasRole(context, 'admin') &&
      html`<td data-label="${words.act}">
        ${one.closedAt === null && !isOwn && actsOn(context, one, all)}
      </td>`
    }
  </tr>`
}

function actsOn(context: DeskContext, one: Operators[number], all: Operators): Html {
  const words = context.texts.operators
  // As rule 37 counts them: who has no passkey can approve nothing.
  const left = all.filter(
    ({ id, closedAt, roles, passkeys }) =>
      id !== one.id && closedAt === null && passkeys > 0 && roles.includes('admin'),
  )
  const isKept = one.roles.includes('admin') && left.length < fewestAdmins
  const ask = (act: string, label: string, short: string) =>
    html`<form method="get" action="/operators/request">
      <input type="hidden" name="act" value="${act}" />
      <input type="hidden" name="operatorId" value="${one.id}" />
      <button class="button small" type="submit" aria-label="${label}">${short}</button>
    </form>`
  return html`<div class="actions">
    ${ask('change-roles', words.changeRoles(one.name), words.changeRolesShort)}
    ${ask('enrolment-code', words.code(one.name), words.codeShort)}
    ${
      !isKept &&
      html`<button
        class="button small danger"
        type="button"
        aria-label="${words.remove(one.name)}"
        data-remove="${one.id}"
        data-text="${words.removeText(one.name)}"
        disabled
      >
        ${words.removeShort}
      </button>`
    }
  </div>`
}

function removal({ texts }: DeskContext): Html {
  const words = texts.operators
  return html`<dialog class="panel" id="removal" aria-labelledby="removal-title">
    <h2 id="removal-title">${words.removeTitle}</h2>
    <p id="removal-text"></p>
    <div class="notice error" role="alert" tabindex="-1" data-problem></div>
    <form class="form" id="removal-form">
      <p class="actions">
        <button class="button danger" type="submit" disabled>${words.removeSubmit}</button>
        <button class="button" type="button" data-close>${texts.frame.cancel}</button>
      </p>
    </form>
  </dialog>`
}

/** The operator's own passkeys. */
export function ownPage(context: DeskContext, { operator, passkeys, signedInAt }: Session): Html {
  const { texts } = context
  const words = texts.me
  const main = html`<section class="card">
    <h1>${words.title}</h1>
    ${facts([
      [words.name, operator.name],
      [words.roles, operator.roles.map((role) => texts.roles[role]).join(texts.frame.listed)],
      [words.signedInAt, shownTime(context, signedInAt)],
    ])}
    <p>${words.count(passkeys.length)}</p>
    <ul class="stack">
      ${passkeys.map((one) => ownPasskey(context, one))}
    </ul>
    <p class="${passkeys.length === 1 ? 'notice warn' : ''}">
      ${passkeys.length === 1 ? words.one : words.lead}
    </p>
    ${outcomes()}
    ${
      passkeys.length < mostOperatorPasskeys
        ? html`<p class="actions">
              <button class="button primary" id="add" type="button" disabled>
                ${icon('key')} ${words.add}
              </button>
            </p>
            <p class="hint">${words.addHint}</p>`
        : html`<p class="notice">${words.full}</p>`
    }
    <p class="notice">${words.lost}</p>
  </section>`
  return deskPage(context, {
    ...{ title: words.title, place: 'me', script: 'me', main, narrow: true },
    words: { ...texts.browser.create, ...texts.browser.operators },
  })
}

function ownPasskey(context: DeskContext, one: Session['passkeys'][number]): Html {
  const words = context.texts.account
  const used = one.lastUsedAt === null ? words.never : shownTime(context, one.lastUsedAt)
  return html`<li class="boxed">
    <strong>${one.place}</strong>
    <p class="small muted">
      ${words.registered} ${shownTime(context, one.createdAt)}　${words.lastUsed} ${used}
    </p>
  </li>`
}
