// Support asks this page, and no other, whose call it is: two digits, then a passkey.
import { call, Refused } from '../../frame/web/api.ts'
import { usePasskey } from '../../frame/web/dialog.ts'
import { startCallNumber, tell, type Asked } from './call-number.ts'
import { act, byId } from './form.ts'
import { word } from './words.ts'

const section = byId('call-check')
const answer = byId<HTMLFormElement>('call-answer')
const proof = byId<HTMLFormElement>('call-proof')
const typed = byId<HTMLInputElement>('call-typed')
const passkeys = byId('call-passkeys')

const base = '/api/call-number'
const addresses = { options: `${base}/passkey/options`, answer: `${base}/passkey` }

if (section && answer && proof && typed) {
  startCallNumber(show)
  act(answer, () => give(typed), { keeps: true })
  act(proof, () => prove(proof), { keeps: true })
  act(byId('call-deny'), deny, { keeps: true })
}

/** Shows what is asked, as the server knows it; the same again changes nothing. */
function show(asked: Asked): void {
  if (!section || !answer || !proof) return
  const isNew = section.hidden
  section.hidden = asked === null
  if (!asked) return
  if (isNew) {
    if (typed) typed.value = ''
    passkeys?.replaceChildren()
    complain('')
  }
  const what = byId('call-what')
  if (what && what.textContent !== asked.what) what.textContent = asked.what
  answer.hidden = asked.state === 'heard'
  proof.hidden = asked.state !== 'heard'
  if (passkeys && asked.state === 'heard' && passkeys.childElementCount === 0) {
    passkeys.append(...asked.passkeys.map(choice))
  }
  if (!isNew) return
  tell(word('callAsked'))
  section.scrollIntoView({ block: 'nearest' })
  // Whoever is typing goes on; the status has told of it.
  if (!(document.activeElement instanceof HTMLInputElement)) byId('call-check-title')?.focus()
}

async function give(field: HTMLInputElement): Promise<void> {
  const digits = field.value.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{2}$/.test(digits)) {
    complain(word('callFormat'))
    field.setAttribute('aria-invalid', 'true')
    return field.focus()
  }
  field.removeAttribute('aria-invalid')
  await unlessOver(async () => {
    await call('POST', `${base}/answer`, { called: true, digits })
    await refresh()
    proof?.querySelector<HTMLElement>('input')?.focus()
  })
}

async function deny(): Promise<void> {
  await unlessOver(async () => {
    await call('POST', `${base}/answer`, { called: false })
    close(word('callDenied'))
  })
}

async function prove(form: HTMLFormElement): Promise<void> {
  const passkeyId = String(new FormData(form).get('callPasskey') ?? '')
  try {
    await usePasskey(addresses, { passkeyId })
    close(word('callProven'))
  } catch (error) {
    if (error instanceof Refused && isOver(error)) return close(error.refusal.detail)
    complain(word('callNotProven'))
  }
}

/** A refusal that ends the check is said beside the number, as the question goes. */
async function unlessOver(work: () => Promise<void>): Promise<void> {
  complain('')
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (isOver(error)) close(error.refusal.detail)
    else complain(error.refusal.detail)
  }
}

function isOver({ refusal: { code } }: Refused): boolean {
  return code === 'check_over' || code === 'digits_wrong'
}

async function refresh(): Promise<void> {
  const { check } = await call<{ check: Asked }>('GET', base)
  show(check)
}

function close(words: string): void {
  show(null)
  tell(words)
  byId('call-state')?.focus()
}

function complain(words: string): void {
  const place = byId('call-problem')
  if (place) place.textContent = words
}

function choice({ id, name, place }: NonNullable<Asked>['passkeys'][number], at: number): Node {
  const label = document.createElement('label')
  label.className = 'choice'
  const radio = document.createElement('input')
  Object.assign(radio, { type: 'radio', name: 'callPasskey', value: id, checked: at === 0 })
  const text = document.createElement('span')
  text.className = 'choice-text'
  text.append(line('choice-name', name), line('choice-note', place))
  label.append(radio, text)
  return label
}

function line(className: string, textContent: string): HTMLElement {
  return Object.assign(document.createElement('span'), { className, textContent })
}
