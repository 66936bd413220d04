// `/accounts/:id/request`: several acts for one account in one request, with the identity checks done.
import { html } from 'hono/html'
import type { AccountAct } from '../../../domain/vocabulary/desk.ts'
import { longestAddress } from '../../../limits/accounts.ts'
import { longestTicket } from '../../../limits/requests.ts'
import type { Html } from '../../frame/page.ts'
import type { PasskeyView } from '../../parts/passkey-view.ts'
import type { DeskContext } from '../frame/context.ts'
import { deskPage } from '../frame/page.ts'
import { textField, zoned } from '../frame/parts.ts'
import { formFrame, whyFields, type Presence } from './form-parts.ts'

interface AskingParts {
  readonly account: { readonly id: string; readonly loginId: string }
  /** The acts that fit the account as it is now. */
  readonly acts: readonly AccountAct[]
  readonly chosen: readonly string[]
  readonly passkeys: readonly (PasskeyView & { readonly isSuspended: boolean })[]
  readonly checks: readonly string[]
  /** Whether the one by the caller's page is needed, which the server sets. */
  readonly byPage: boolean
  readonly isHeld: boolean
  readonly presence: Presence
}

export function accountAskingPage(context: DeskContext, parts: AskingParts): Html {
  const { texts } = context
  const words = texts.asking
  const { account, acts, checks, presence, isHeld } = parts
  const fields = html`<fieldset class="boxed stack">
      <legend>${words.acts}</legend>
      <p class="hint">${words.actsHint}</p>
      ${acts.map((act) => actField(context, act, parts))}
    </fieldset>
    <fieldset class="boxed stack">
      <legend>${words.checks}</legend>
      <p class="hint">${words.checksHint}</p>
      ${isHeld && html`<p class="notice warn">${words.bound}</p>`}
      ${checks.map((check, index) => checkField(context, check, index))}
      ${parts.byPage && html`<p class="notice">${words.checkByPage}</p>`}
    </fieldset>
    ${whyFields(context)}`
  const main = formFrame(context, {
    title: words.title,
    about: account.loginId,
    back: `/accounts/${account.id}`,
    data: { accountId: account.id },
    fields,
    presence,
    none: words.approversNone,
    note: words.reviewText,
  })
  const names = Object.fromEntries(checks.map((one) => [`check_${one}`, nameOf(context, one)]))
  return deskPage(context, {
    ...{ title: words.title, place: 'accounts', script: 'asking', main },
    words: {
      ...texts.browser.asking,
      ...names,
      field_method: words.methodLabel,
      field_number: words.numberLabel,
      field_at: words.atLabel,
    },
  })
}

function actField(context: DeskContext, act: AccountAct, parts: AskingParts): Html {
  const { texts } = context
  const isChosen = parts.chosen.includes(act)
  return html`<div class="stack" data-act="${act}">
    <label class="check"
      ><input
        type="checkbox"
        name="act"
        value="${act}"
        ${act === 'end-hold' && html`aria-describedby="hold-alone"`}
        ${isChosen ? 'checked' : ''}
      />
      ${texts.acts[act]}</label
    >
    ${valuesOf(context, act, parts)}
  </div>`
}

function valuesOf(context: DeskContext, act: AccountAct, parts: AskingParts): Html | null {
  const words = context.texts.asking
  if (act === 'change-email') {
    return html`<div class="inset">
      ${textField({ id: 'new-email', name: 'email', label: words.newEmail, most: longestAddress, type: 'email', optional: true })}
    </div>`
  }
  if (act === 'end-hold') return html`<p class="inset hint" id="hold-alone">${words.holdAlone}</p>`
  if (act !== 'remove-passkey' && act !== 'resume-passkey') return null
  const some = parts.passkeys.filter(({ isSuspended }) => act === 'remove-passkey' || isSuspended)
  return html`<fieldset class="inset stack">
    <legend class="small">${some.length === 1 ? words.whichPasskey : words.whichPasskeys}</legend>
    ${some.map(
      (one) =>
        html`<label class="check"
          ><input
            type="checkbox"
            name="${act}"
            value="${one.id}"
            ${some.length === 1 ? 'checked' : ''}
          />
          <span>${one.name} <span class="muted">${one.place}</span></span></label
        >`,
    )}
  </fieldset>`
}

function checkField(context: DeskContext, check: string, index: number): Html {
  const words = context.texts.asking
  const name = nameOf(context, check)
  const id = `check-${index}`
  return html`<fieldset class="check-row" data-check="${check}">
    <legend>${name}</legend>
    <label class="check"
      ><input type="checkbox" name="done" value="${check}" /> ${words.checkDone(name)}</label
    >
    <div class="line">
      ${labelled(`${id}-method`, 'method', words.method(name), words.methodLabel, words.methods)}
      ${check === 'call-back' && labelled(`${id}-number`, 'number', words.number(name), words.numberLabel)}
      <div class="field">
        <label for="${id}-at"
          ><span class="visually-hidden">${zoned(context, words.at(name))}</span
          ><span aria-hidden="true">${zoned(context, words.atLabel)}</span></label
        >
        <input id="${id}-at" data-field="at" type="datetime-local" aria-describedby="problem" />
      </div>
    </div>
    ${check === 'call-back' && html`<p class="hint">${words.numberHint}</p>`}
  </fieldset>`
}

/** A field whose label repeats in each row, so that it is said in full and shown short. */
function labelled(id: string, field: string, label: string, short: string, hint = ''): Html {
  return html`<div class="field">
    <label for="${id}"
      ><span class="visually-hidden">${label}</span><span aria-hidden="true">${short}</span></label
    >
    <input
      id="${id}"
      data-field="${field}"
      type="${field === 'number' ? 'tel' : 'text'}"
      maxlength="${longestTicket}"
      autocomplete="off"
      placeholder="${hint}"
      aria-describedby="problem"
    />
  </div>`
}

function nameOf({ texts }: DeskContext, check: string): string {
  const names: Readonly<Record<string, string>> = texts.asking.checkNames
  return names[check] ?? check
}
