// What can be done to an account: the safe direction by one at once, everything else by a request.
import { html } from 'hono/html'
import type { AccountAct } from '../../../domain/vocabulary/desk.ts'
import { longestClaim } from '../../../limits/desk.ts'
import type { Html } from '../../frame/page.ts'
import { fits } from '../asking/fits.ts'
import { hasRole, type DeskContext } from '../frame/context.ts'
import { reasonDialog, textField } from '../frame/parts.ts'
import type { AccountView } from './page-routes.ts'

export function actionsCard(context: DeskContext, view: AccountView): Html | null {
  const { texts } = context
  const words = texts.account
  if (!hasRole(context, 'agent')) {
    return html`<section class="card">
      <p class="muted">${words.readOnly}</p>
      ${caseButton(context, view)}
    </section>`
  }
  const inState = (wanted: string) => view.passkeys.filter(({ state }) => state === wanted).length
  const facts = {
    ...{
      hasContract: view.state === 'open' || view.state === 'locked',
      isLocked: view.state === 'locked',
    },
    ...{ codesStopped: view.codesStopped, isHeld: view.hold !== null },
    ...{ live: inState('live'), suspended: inState('suspended') },
  }
  const asks = [
    ['remove-passkey', words.removePasskey],
    ['resume-passkey', words.resumePasskey],
    ['reopen', words.reopen],
    ['change-email', words.changeEmail],
    ['activation-code', words.activationCode],
    ['end-hold', words.endHold],
  ] as const
  return html`<section class="card" aria-labelledby="actions-title">
    <h2 id="actions-title">${words.actions}</h2>
    <h3>${words.oneAlone}</h3>
    <div class="acts">
      <button class="button danger" type="button" data-opens="lock" disabled>${words.lock}</button>
      ${stealable(view).length > 0 && html`<button class="button danger" type="button" data-opens="suspend" disabled>${words.suspend}</button>`}
      ${caseButton(context, view)}
    </div>
    <h3>${words.twoTogether}</h3>
    <div class="acts">
      ${asks.map(([act, label]) => askButton(view, act, label, fits(act, facts)))}
    </div>
  </section>`
}

/** The passkeys of which a theft may be reported: live ones, and suspended ones where the report locks the account. */
function stealable({ passkeys, state, secondFactor }: AccountView): AccountView['passkeys'] {
  const live = passkeys.filter((one) => one.state === 'live')
  const locks = state === 'open' && (secondFactor === 'email' || live.length === 0)
  return [...live, ...passkeys.filter((one) => one.state === 'suspended' && locks)]
}

/** One that does not fit stays in its place, so that a hand finds the others where they were. */
function askButton({ id }: AccountView, act: AccountAct, label: string, isOpen: boolean): Html {
  return html`<form method="get" action="/accounts/${id}/request">
    <input type="hidden" name="act" value="${act}" />
    <button class="button" type="submit" ${isOpen ? '' : 'disabled'}>${label}</button>
  </form>`
}

function caseButton(context: DeskContext, { cases }: AccountView): Html | null {
  if (!hasRole(context, 'agent', 'approver')) return null
  if (cases.some(({ state }) => state === 'open')) return null
  return html`<button class="button" type="button" data-opens="open-case" disabled>
    ${context.texts.account.openCase}
  </button>`
}

export function actionDialogs(context: DeskContext, view: AccountView): Html {
  const words = context.texts.account
  const isAgent = hasRole(context, 'agent')
  const stolen = stealable(view)
  return html`${
    isAgent &&
    reasonDialog(context, {
      ...{ id: 'lock', title: words.lockTitle, text: words.lockText },
      ...{ submit: words.lockSubmit, danger: true },
    })
  }
  ${
    isAgent &&
    reasonDialog(context, {
      ...{ id: 'suspend', title: words.suspendTitle, text: words.suspendText },
      fields: html`<fieldset class="stack">
        <legend>${words.whichPasskey}</legend>
        ${stolen.map(
          (one) =>
            html`<label class="check"
              ><input
                type="radio"
                name="passkeyId"
                value="${one.id}"
                required
                ${stolen.length === 1 ? 'checked' : ''}
              />
              <span>${one.name} <span class="muted">${one.place}</span></span>
              ${one.state === 'suspended' && html`<span class="muted">${words.passkeyStates.suspended}</span>`}</label
            >`,
        )}
      </fieldset>`,
      ...{ submit: words.suspendSubmit, danger: true },
    })
  }
  ${
    hasRole(context, 'agent', 'approver') &&
    html`${reasonDialog(context, {
      ...{ id: 'reveal', title: words.revealTitle, text: words.revealText },
      fields: html`<fieldset class="stack">
        <legend>${words.revealFields}</legend>
        ${(['displayName', 'email'] as const).map(
          (field) =>
            html`<label class="check"
              ><input type="checkbox" name="field" value="${field}" /> ${words.fields[field]}</label
            >`,
        )}
      </fieldset>`,
      submit: words.revealSubmit,
    })}
    ${reasonDialog(context, {
      ...{ id: 'open-case', title: words.caseTitle, text: words.caseText },
      fields: textField({
        id: 'claim',
        name: 'claim',
        label: words.caseClaim,
        most: longestClaim,
        isLong: true,
      }),
      submit: words.caseSubmit,
    })}`
  }`
}
