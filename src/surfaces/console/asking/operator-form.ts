// `/operators/request`: what two admins do together about operators.
import { html } from 'hono/html'
import {
  operatorRoles,
  type OperatorAct,
  type OperatorRole,
} from '../../../domain/vocabulary/desk.ts'
import { longestAddress, longestLoginId } from '../../../limits/accounts.ts'
import { longestOperatorName } from '../../../limits/operators.ts'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { deskPage } from '../frame/page.ts'
import { textField } from '../frame/parts.ts'
import { formFrame, whyFields, type Presence } from './form-parts.ts'

interface OperatorAskingParts {
  readonly act: OperatorAct
  readonly operator: {
    readonly id: string
    readonly name: string
    readonly roles: readonly OperatorRole[]
  } | null
  readonly presence: Presence
}

export function operatorAskingPage(context: DeskContext, parts: OperatorAskingParts): Html {
  const { texts } = context
  const words = texts.asking
  const { act, operator, presence } = parts
  const title = texts.acts[act]
  const main = formFrame(context, {
    title,
    about: operator?.name ?? null,
    back: '/operators',
    data: { act, ...(operator && { operatorId: operator.id }) },
    fields: html`${act === 'add-operator' && newOperator(context)}
    ${act !== 'enrolment-code' && rolesField(context, operator?.roles ?? [])}
    ${act !== 'change-roles' && html`<p class="notice">${words.halves}</p>`} ${whyFields(context)}`,
    presence: { ...presence, openedLately: false },
    none: words.adminsNone,
    note: null,
  })
  return deskPage(context, {
    ...{ title, place: 'operators', script: 'asking', main },
    words: { ...texts.browser.asking, ...texts.browser.operators },
  })
}

function newOperator({ texts: { asking: words } }: DeskContext): Html {
  return html`<div class="line">
    ${textField({ id: 'name', name: 'name', label: words.operatorName, most: longestOperatorName })}
    ${textField({ id: 'email', name: 'email', label: words.operatorEmail, hint: words.operatorEmailHint, most: longestAddress, type: 'email', optional: true })}
    ${textField({ id: 'login-id', name: 'loginId', label: words.operatorLoginId, hint: words.operatorLoginIdHint, most: longestLoginId, optional: true })}
  </div>`
}

function rolesField(context: DeskContext, roles: readonly OperatorRole[]): Html {
  const { texts } = context
  return html`<fieldset class="boxed stack">
    <legend>${texts.asking.operatorRoles}</legend>
    ${operatorRoles.map(
      (role) =>
        html`<label class="check"
          ><input
            type="checkbox"
            name="role"
            value="${role}"
            ${roles.includes(role) ? 'checked' : ''}
          />
          <span
            >${texts.roles[role]} <span class="muted">${texts.asking.roleDoes[role]}</span></span
          ></label
        >`,
    )}
    <p class="hint">${texts.asking.rolesHint}</p>
  </fieldset>`
}
