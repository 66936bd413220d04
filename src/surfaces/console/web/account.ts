// An account's page: what one operator does alone, and what is masked.
import { call, Refused } from '../../frame/web/api.ts'
import './broker-call.ts'
import './desk.ts'
import { takeNote, withStorage } from '../../frame/web/storage.ts'
import { act, byId, idOfPage, say, valueOf } from './form.ts'
import { word } from './words.ts'

const fields = ['displayName', 'email'] as const
type Field = (typeof fields)[number]
type Revealed = Partial<Record<Field, string>>

const address = `/api/accounts/${idOfPage}`
const boxes = { displayName: byId('shown-name'), email: byId('shown-email') }
const masked = { displayName: boxes.displayName?.textContent, email: boxes.email?.textContent }
/** Each field is shown for a time of its own. */
const shown: Partial<Record<Field, ReturnType<typeof setTimeout>>> = {}

/** What was done before the page was loaded again; its new state is on the page. */
const doneKey = 'sekisho.console.done'
const done = takeNote(doneKey)
if (done === 'locked' || done === 'suspended') say(word(done))

const forms = {
  lock: byId<HTMLFormElement>('lock-form'),
  suspend: byId<HTMLFormElement>('suspend-form'),
  reveal: byId<HTMLFormElement>('reveal-form'),
  'open-case': byId<HTMLFormElement>('open-case-form'),
}

act(forms.lock, async () => {
  await call('POST', `${address}/lock`, whyOf('lock'))
  reloadAndSay('locked')
})

act(forms.suspend, async () => {
  const id = encodeURIComponent(field('suspend', 'passkeyId'))
  await call('POST', `${address}/passkeys/${id}/suspend`, whyOf('suspend'))
  reloadAndSay('suspended')
})

act(forms['open-case'], async () => {
  const body = { ...whyOf('open-case'), claim: field('open-case', 'claim') }
  const { id } = await call<{ id: string }>('POST', `${address}/cases`, body)
  location.assign(`/cases/${encodeURIComponent(id)}`)
})

act(forms.reveal, async () => {
  const asked = new FormData(forms.reveal ?? undefined).getAll('field')
  if (asked.length === 0) throw new Refused({ code: 'no_field', detail: word('noField') })
  const found = await call<Revealed>('POST', `${address}/reveal`, {
    ...whyOf('reveal'),
    fields: asked,
  })
  for (const name of fields) show(name, found[name])
  byId<HTMLDialogElement>('reveal')?.close()
  forms.reveal?.reset()
  say(word('revealed'))
})

function reloadAndSay(what: 'locked' | 'suspended'): void {
  withStorage(() => sessionStorage.setItem(doneKey, what))
  location.reload()
}

function show(name: Field, value: string | undefined): void {
  if (value === undefined) return
  boxes[name]?.replaceChildren(value)
  clearTimeout(shown[name])
  shown[name] = setTimeout(() => hideAgain(name), Number(boxes.displayName?.dataset['shownFor']))
}

function hideAgain(name: Field): void {
  boxes[name]?.replaceChildren(masked[name] ?? '')
  say(word('hiddenAgain'))
}

function whyOf(name: keyof typeof forms): { reason: string; ticket: string } {
  return { reason: field(name, 'reason'), ticket: field(name, 'ticket') }
}

function field(name: keyof typeof forms, of: string): string {
  return valueOf(forms[name], of)
}
