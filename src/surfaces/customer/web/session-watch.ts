// The session of a page that is signed in: warns before it ends, goes on at a press, and takes everything
// off the screen when it is over. All tabs of the browser share it; whether it is over, the server knows.
import { call, Refused, session } from '../../frame/web/api.ts'
import { byId } from './form.ts'
import { whenSharedChanges, readShared, share, type Shared } from './session-shared.ts'
import './sign-out.ts'
import { word, type Word } from './words.ts'

const warning = byId<HTMLDialogElement>('session-warning')
const over = byId<HTMLTemplateElement>('session-over')

const given = Object.fromEntries(
  Object.entries(warning?.dataset ?? {}).map(([name, value]) => [name, Number(value)]),
) as Record<'signedInAt' | 'ends' | 'latest' | 'now' | 'warnBefore', number>
const { signedInAt, latest, warnBefore } = given
/** How far the server's clock is ahead of this one. */
let ahead = given.now - Date.now()

/** A person who comes back to the tab uses it; whether the session was ended elsewhere is asked this often. */
const askAgainAfter = 60_000

/** The answer about the browser's session, by the server's clock. */
interface Live {
  readonly signedInAt: string
  readonly expiresAt: string
  readonly now: string
}

let { ends } = given
let heardAt = Date.now()
let isOver = false
let isAsking = false
/** Nothing extends the last minutes, and they are announced once. */
let isDismissed = false
let said = ''

if (warning && over) {
  share({ signedInAt, ends })
  session.goesOnUntil = (time) => {
    heardAt = Date.now()
    const until = Date.parse(time)
    if (until <= ends) return
    share({ signedInAt, ends: until })
    learn({ signedInAt, ends: until })
  }
  session.hasEnded = (why) => void makeSure(why)
  whenSharedChanges((shared) => {
    if (shared === null) void makeSure(word('overSignedOut'))
    learn(shared)
  })
  const look = () => {
    learn(readShared())
    show()
    if (!document.hidden && Date.now() > heardAt + askAgainAfter) void ask()
  }
  setInterval(show, 1000)
  // Timers stand still while a tab sleeps, and so do messages of other tabs.
  addEventListener('pageshow', look)
  document.addEventListener('visibilitychange', look)
  byId('session-continue')?.addEventListener('click', () => void goOn())
  byId('session-dismiss')?.addEventListener('click', dismiss)
  warning.addEventListener('cancel', (event) => {
    event.preventDefault()
    if (isLast()) dismiss()
    else void goOn()
  })
  show()
}

/** Takes over what another tab or an answer knows. */
function learn(shared: Shared | null): void {
  if (shared === null) return
  if (shared.signedInAt !== signedInAt) return void makeSure(word('overReplaced'))
  if (shared.ends <= ends) return
  ends = shared.ends
  // If it is time for another warning, that one has words of its own.
  warning?.close()
  show()
}

function isLast(): boolean {
  return ends >= latest
}

function show(): void {
  if (isOver || !warning) return
  const left = ends - ahead - Date.now()
  if (left <= 0) return void makeSure(word(isLast() ? 'overLongest' : 'overIdle'))
  if (left > warnBefore) return warning.close()
  if (isLast() && isDismissed) return
  if (!warning.open) open(warning)
  count(Math.ceil(left / 1000))
}

function open(dialog: HTMLDialogElement): void {
  said = ''
  tell('session-text', isLast() ? 'lastText' : 'idleText')
  byId('session-problem')?.replaceChildren()
  byId('session-continue')?.toggleAttribute('hidden', isLast())
  byId('session-dismiss')?.toggleAttribute('hidden', !isLast())
  dialog.showModal()
}

/** The whole minutes and the last half minute are read aloud; the rest is for the eye. */
function count(seconds: number): void {
  const parts = { m: Math.floor(seconds / 60), s: seconds % 60 }
  tell('session-left', 'endsIn', parts)
  if (seconds > 60 || said === 'half') return
  const next = seconds <= 30 ? 'half' : 'minute'
  if (next !== said) tell('session-said', 'endsIn', parts)
  said = next
}

/** Any call within the session moves its end; this one is for that alone. */
async function goOn(): Promise<void> {
  try {
    await call('GET', '/api/session')
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    byId('session-problem')?.replaceChildren(error.refusal.detail)
  }
}

/** A page that cannot ask goes on, and is covered in time. */
async function ask(): Promise<void> {
  if (!isOver) await call('GET', '/api/session').catch(() => undefined)
}

function dismiss(): void {
  isDismissed = true
  warning?.close()
}

/**
 * Covers the page unless the server says that its session lives: it may have been used where no page tells
 * this one, and the clock of this computer may be wrong. Meanwhile nothing is to be seen.
 */
async function makeSure(why: string): Promise<void> {
  if (isOver || isAsking) return
  isAsking = true
  const content = document.querySelector('main')
  const focused = document.activeElement as HTMLElement | null
  warning?.close()
  content?.toggleAttribute('hidden', true)
  const live = await call<Live>('GET', '/api/session/end').catch(() => null)
  isAsking = false
  content?.toggleAttribute('hidden', false)
  if (live === null) return cover(why)
  const [since = 0, until = 0, now = 0] = [live.signedInAt, live.expiresAt, live.now].map(
    Date.parse,
  )
  if (since !== signedInAt) return cover(word('overReplaced'), word('reopen'))
  focused?.focus()
  ahead = now - Date.now()
  ends = until
  share({ signedInAt, ends })
  show()
}

/** Takes the content out of the document; what stands in its place says why, and leads to the sign-in. */
function cover(why: string, label?: string): void {
  if (isOver || !over) return
  isOver = true
  warning?.remove()
  byId('sign-out')?.remove()
  const card = over.content.cloneNode(true) as DocumentFragment
  card.querySelector('.why')?.replaceChildren(why)
  if (label) card.querySelector('a')?.replaceChildren(label)
  document.querySelector('main')?.replaceChildren(card)
  document.querySelector<HTMLElement>('main h1')?.focus()
}

function tell(id: string, name: Word, blanks?: Record<string, number>): void {
  const element = byId(id)
  const text = word(name, blanks)
  if (element && element.textContent !== text) element.textContent = text
}
