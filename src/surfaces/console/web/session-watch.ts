// The operator's session on a page: its end is shown, announced and kept off the screen. Tabs tell each other
// when it was used, so that none asks the server, which would count as use.
import { call, Refused, session } from '../../frame/web/api.ts'
import { usePasskey } from '../../frame/web/dialog.ts'
import { withStorage } from '../../frame/web/storage.ts'
import { act, byId } from './form.ts'
import { word } from './words.ts'

interface Shared {
  readonly operator: string
  readonly signedInAt: number
  readonly ends: number
}

const key = 'sekisho_console.session'
const warning = byId<HTMLDialogElement>('session-warning')
const over = byId<HTMLTemplateElement>('session-over')
const main = document.querySelector('main')
const { operator = '', idleText = '', lastText = '', ...numbers } = warning?.dataset ?? {}
const [now, latest, warnBefore] = ['now', 'latest', 'warnBefore'].map((name) =>
  Number(numbers[name]),
) as [number, number, number]
/** How far the server's clock is ahead of this one. */
const ahead = now - Date.now()

let signedInAt = Number(numbers['signedInAt'])
let ends = Number(numbers['ends'])
let said = ''
let isDismissed = false
/** What was on the page, in memory alone while the page is covered. */
let covered: readonly Node[] | null = null

if (warning && over && main) {
  share()
  session.goesOnUntil = (time) => {
    ends = Math.max(ends, Date.parse(time))
    share()
  }
  session.hasEnded = (why) => cover(why)
  addEventListener('storage', (event) => {
    if (event.key === key) learn(read(event.newValue))
  })
  addEventListener('pageshow', show)
  document.addEventListener('visibilitychange', show)
  setInterval(show, 1000)
  byId('session-continue')?.addEventListener('click', () => void goOn())
  byId('session-dismiss')?.addEventListener('click', dismiss)
  warning.addEventListener('cancel', (event) => {
    event.preventDefault()
    if (ends >= latest) dismiss()
    else void goOn()
  })
  show()
}

act(byId('sign-out'), async () => {
  await call('DELETE', '/api/session').catch((error: unknown) => {
    if (!(error instanceof Refused && error.refusal.code === 'not_signed_in')) throw error
  })
  withStorage(() => sessionStorage.clear())
  withStorage(() => localStorage.removeItem(key))
  location.assign('/sign-in')
})

/** Whether the page is covered: no shortcut works then. */
export function isOver(): boolean {
  return covered !== null
}

function share(): void {
  withStorage(() => localStorage.setItem(key, `${operator} ${signedInAt} ${ends}`))
}

function read(text: string | null): Shared | null {
  const [id, since, until] = (text ?? '').split(' ')
  if (!id || !since || !until) return null
  return { operator: id, signedInAt: Number(since), ends: Number(until) }
}

function learn(shared: Shared | null): void {
  if (shared === null) return cover(word('signedOut'))
  if (shared.operator !== operator) return replaceBy(word('otherOperator'))
  signedInAt = shared.signedInAt
  ends = shared.ends
  uncover()
  show()
}

function show(): void {
  if (covered !== null || !warning) return
  const left = ends - ahead - Date.now()
  tell('session-clock', clock(left))
  if (left <= 0) return cover(word(ends >= latest ? 'overLongest' : 'overIdle'))
  if (left > warnBefore) return warning.close()
  if (ends >= latest && isDismissed) return
  if (!warning.open) open(warning)
  count(Math.ceil(left / 1000))
}

function clock(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function open(dialog: HTMLDialogElement): void {
  said = ''
  const isLast = ends >= latest
  tell('session-text', isLast ? lastText : idleText)
  byId('session-continue')?.toggleAttribute('hidden', isLast)
  byId('session-dismiss')?.toggleAttribute('hidden', !isLast)
  dialog.showModal()
}

/** The whole minutes and the last half minute are read aloud; the rest is for the eye. */
function count(seconds: number): void {
  const words = word('endsIn', { m: Math.floor(seconds / 60), s: seconds % 60 })
  tell('session-left', words)
  const next = seconds <= 30 ? 'half' : seconds <= 60 ? 'minute' : 'two'
  if (next !== said) tell('session-said', words)
  said = next
}

async function goOn(): Promise<void> {
  await call('GET', '/api/session').catch(() => undefined)
  show()
}

function dismiss(): void {
  isDismissed = true
  warning?.close()
}

/** Takes the content off the page, with what was typed; what stands in its place leads to a sign-in. */
function cover(why: string): void {
  if (covered !== null || !main || !over) return
  for (const dialog of document.querySelectorAll('dialog')) dialog.close()
  covered = [...main.childNodes]
  const card = over.content.cloneNode(true) as DocumentFragment
  card.querySelector('.why')?.replaceChildren(why)
  main.replaceChildren(card)
  const again = byId('sign-in-again')
  again?.addEventListener('click', () => void signInAgain(again))
  document.body.classList.add('is-over')
  byId('over-title')?.focus()
}

/** Who signs in again goes on where the work was left. */
function uncover(): void {
  if (covered === null || !main) return
  main.replaceChildren(...covered)
  covered = null
  isDismissed = false
  document.body.classList.remove('is-over')
  byId('status')?.replaceChildren(word('backIn'))
}

/** Somebody else is there: nothing of what this page held comes back. */
function replaceBy(why: string): void {
  cover(why)
  covered = []
  document.querySelector('main .why')?.replaceChildren(why)
  byId('sign-in-again')?.remove()
}

async function signInAgain(button: HTMLElement): Promise<void> {
  const problem = byId('over-problem')
  problem?.replaceChildren()
  button.setAttribute('aria-disabled', 'true')
  try {
    const addresses = { options: '/api/sign-in/options', answer: '/api/sign-in' }
    const { answer } = await usePasskey<{ operator: { id: string } }>(addresses)
    if (answer.operator.id !== operator) {
      withStorage(() => localStorage.removeItem(key))
      return location.assign('/')
    }
    const { expiresAt } = await call<{ expiresAt: string }>('GET', '/api/session')
    signedInAt = Date.now() + ahead
    ends = Date.parse(expiresAt)
    share()
    uncover()
    show()
  } catch (error) {
    const said = error instanceof Refused ? error.refusal.detail : (error as Error).message
    problem?.replaceChildren(said)
  } finally {
    button.removeAttribute('aria-disabled')
  }
}

function tell(id: string, text: string): void {
  const element = byId(id)
  if (element && element.textContent !== text) element.textContent = text
}
