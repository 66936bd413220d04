// Sends a request, with all that its form has, and shows it.
import { call, Refused } from '../../frame/web/api.ts'
import { localIn, momentIn } from '../../frame/web/time.ts'
import './desk.ts'
import { act, byId, leave } from './form.ts'
import { wordOf } from '../../frame/web/words.ts'
import { listed, word } from './words.ts'

const form = byId<HTMLFormElement>('asking')
const zone = form?.dataset['timeZone']
const fixed = JSON.parse(form?.dataset['fixed'] ?? '{}') as Record<string, string>

for (const box of form?.querySelectorAll<HTMLInputElement>('input[name=act]') ?? []) {
  box.addEventListener('change', showValues)
}
for (const row of form?.querySelectorAll<HTMLElement>('[data-check]') ?? []) {
  row.querySelector('[name=done]')?.addEventListener('change', () => fillTime(row))
}
showValues()

act(form, async () => {
  if (!form) return
  const data = new FormData(form)
  const why = { reason: text(data, 'reason'), ticket: text(data, 'ticket') }
  const asked = askedBy(form, data)
  const { id } = await call<{ id: string }>('POST', '/api/requests', { ...asked, ...why })
  leave(`/requests/${encodeURIComponent(id)}`)
})

function askedBy(of: HTMLFormElement, data: FormData): object {
  if ('accountId' in fixed) return forAccount(of, data)
  return fixed['act'] === 'reopen-many' ? forMany(fixed['act'], data) : forOperator(data)
}

function forMany(name: string, data: FormData): object {
  const since = momentIn(zone, text(data, 'since'))
  if (since === null) throw new Refused({ code: 'no_time', detail: word('noTime') })
  return { act: name, stoppedFrom: text(data, 'stoppedFrom'), since }
}

function forAccount(of: HTMLFormElement, data: FormData): object {
  const acts = data.getAll('act').flatMap((name) => actsOf(String(name), data))
  if (acts.length === 0) throw new Refused({ code: 'no_act', detail: word('noAct') })
  const checks = [...of.querySelectorAll<HTMLElement>('[data-check]')].flatMap(readCheck)
  const { accountId } = fixed
  const [only] = acts
  return acts.length === 1 ? { ...only, accountId, checks } : { acts, accountId, checks }
}

/** One with its values; for passkeys, one for each. */
function actsOf(act: string, data: FormData): readonly object[] {
  if (act === 'change-email') return [{ act, email: text(data, 'email') }]
  if (act !== 'remove-passkey' && act !== 'resume-passkey') return [{ act }]
  const passkeyIds = data.getAll(act)
  if (passkeyIds.length === 0) {
    throw new Refused({ code: 'no_passkey_chosen', detail: word('noPasskey') })
  }
  return passkeyIds.map((passkeyId) => ({ act, passkeyId }))
}

function readCheck(row: HTMLElement): object[] {
  if (!row.querySelector<HTMLInputElement>('[name=done]')?.checked) return []
  const check = row.dataset['check'] ?? ''
  const fields = [...row.querySelectorAll<HTMLInputElement>('[data-field]')]
  const empty = fields.filter(({ value }) => value.trim() === '')
  const [first] = empty
  if (first) {
    const names = listed(empty.map(({ dataset }) => wordOf(`field_${dataset['field']}`)))
    const detail = word('incomplete', { check: wordOf(`check_${check}`), fields: names })
    throw new Refused({ code: 'check_incomplete', detail, field: first.id })
  }
  const written = fields.map(({ dataset, value }) => [dataset['field'], valueAt(dataset, value)])
  return [{ check, ...Object.fromEntries(written) }]
}

function valueAt({ field }: DOMStringMap, value: string): string | null {
  return field === 'at' ? momentIn(zone, value) : value.trim()
}

function forOperator(data: FormData): object {
  const roles = data.getAll('role')
  const { act: name, operatorId } = fixed
  if (name !== 'enrolment-code' && roles.length === 0) {
    throw new Refused({ code: 'no_role', detail: word('noRole') })
  }
  if (name === 'enrolment-code') return { act: name, operatorId }
  if (name === 'change-roles') return { act: name, operatorId, roles }
  const email = text(data, 'email')
  const loginId = text(data, 'loginId') || null
  return { act: name, name: text(data, 'name'), roles, loginId, ...(email && { email }) }
}

/** The values of an act are asked for once it is chosen. */
function showValues(): void {
  for (const part of form?.querySelectorAll<HTMLElement>('[data-act]') ?? []) {
    const isChosen = part.querySelector<HTMLInputElement>('input[name=act]')?.checked ?? false
    part.querySelector('.inset')?.toggleAttribute('hidden', !isChosen)
  }
}

/** A check that is done now was mostly done just now. */
function fillTime(row: HTMLElement): void {
  const at = row.querySelector<HTMLInputElement>('[data-field=at]')
  if (at && !at.value) at.value = localIn(zone, Date.now())
}

function text(data: FormData, name: string): string {
  return String(data.get(name) ?? '').trim()
}
