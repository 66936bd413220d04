// 「受付番号」: shows the number, keeps it through a reload of this tab, and looks for what support asks.
import type { AnswerOf } from '../../frame/action.ts'
import { call, Refused } from '../../frame/web/api.ts'
import { countDown } from '../../frame/web/countdown.ts'
import { withStorage } from '../../frame/web/storage.ts'
import type { look, show } from '../calls/routes.ts'
import { act, byId, lastFailure } from './form.ts'
import { word, type Word } from './words.ts'

type Look = AnswerOf<typeof look>
export type Asked = Look['check']

/** What this tab shows. `until` is by the clock of this browser. */
interface Shown {
  readonly number: string
  readonly expiresAt: string
  readonly until: number
  readonly page: string
}

const noted = 'sekisho.call'
/** Milliseconds between two looks: at first, after a while, and when the server cannot be reached. */
const waits = { first: 3000, longest: 6000, unreached: 30_000 }

/** Brings src/surfaces/parts/call-number.ts to life; `ask` hears what support asks of this page. */
export function startCallNumber(ask?: (check: Asked) => void): void {
  const section = byId('call')
  const button = byId('call-show')
  if (!section || !button) return
  const { page = '', failure: standing = '' } = section.dataset
  let stop = () => {}
  const begin = (shown: Shown) => {
    stop()
    stop = present(shown, ask)
  }
  act(
    button,
    async () => {
      try {
        const said = new URLSearchParams({ page, failure: lastFailure() ?? standing })
        const path = `/api/call-number?${said.toString()}`
        const made = await call<AnswerOf<typeof show>>('POST', path)
        const until = Date.now() + Number(section.dataset['lifetime'])
        const shown = { ...made, until, page }
        withStorage(() => sessionStorage.setItem(noted, JSON.stringify(shown)))
        begin(shown)
        byId('call-shown')?.focus()
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        tell(error.refusal.detail)
      }
    },
    { keeps: true },
  )
  byId('call-copy')?.addEventListener('click', ({ currentTarget }) => {
    const digits = byId('call-digits')?.textContent.replace(' ', '') ?? ''
    void navigator.clipboard?.writeText(digits).then(
      () => {
        const copy = currentTarget as HTMLElement
        copy.textContent = copy.dataset['done'] ?? ''
      },
      () => {},
    )
  })
  const kept = readNote()
  if (kept?.page === page && kept.until > Date.now()) begin(kept)
}

/** Says how things go with the call, beside the number. */
export function tell(text: string): void {
  const state = byId('call-state')
  if (state && state.textContent !== text) state.textContent = text
}

/** Shows a number until its end; returns what stops that. */
function present(shown: Shown, ask: ((check: Asked) => void) | undefined): () => void {
  const { number, until } = shown
  const groups = [number.slice(0, 4), number.slice(4)]
  fill('call-digits', groups.join(' '))
  // Read digit by digit, with a pause between the groups.
  fill('call-spoken', groups.map((group) => [...group].join(' ')).join(', '))
  tell('')
  mark(true)
  let stopLooking = () => {}
  const end = (why: Word) => {
    stopLooking()
    stopCounting()
    ask?.(null)
    mark(false)
    withStorage(() => sessionStorage.removeItem(noted))
    tell(word(why))
  }
  if (ask) stopLooking = keepLooking(shown, ask, end)
  const stopCounting = countDown({
    until,
    ahead: 0,
    tick: (seconds) => {
      const blanks = { m: Math.floor(seconds / 60), s: seconds % 60 }
      fill('call-remaining', word('callRemaining', blanks))
      if (seconds === 0) queueMicrotask(() => end('callOver'))
    },
  })
  return () => {
    stopLooking()
    stopCounting()
  }
}

/** Asks the server now and then, and at once when the tab comes into view again, as after a call on this phone. */
function keepLooking(
  { expiresAt }: Shown,
  ask: (check: Asked) => void,
  end: (why: Word) => void,
): () => void {
  let wait = waits.first
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const lookOnce = async () => {
    clearTimeout(timer)
    if (!document.hidden) {
      const found = await call<Look>('GET', '/api/call-number').catch(whyNot)
      if (stopped) return
      if (found === 'gone') return end('callOver')
      if (found && found.expiresAt !== expiresAt) return end('callReplaced')
      wait = found ? Math.min(wait * 1.1, waits.longest) : Math.min(wait * 2, waits.unreached)
      if (found) ask(found.check)
    }
    timer = setTimeout(() => void lookOnce(), wait)
  }
  const lookAtOnce = () => {
    if (!document.hidden) void lookOnce()
  }
  document.addEventListener('visibilitychange', lookAtOnce)
  timer = setTimeout(() => void lookOnce(), wait)
  return () => {
    stopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', lookAtOnce)
  }
}

function whyNot(error: unknown): 'gone' | null {
  return error instanceof Refused && error.refusal.code === 'not_found' ? 'gone' : null
}

function readNote(): Shown | null {
  const text = withStorage(() => sessionStorage.getItem(noted))
  return text === null ? null : (JSON.parse(text) as Shown)
}

function mark(shows: boolean): void {
  const place = byId('call-shown')
  if (place) place.hidden = !shows
}

function fill(id: string, text: string): void {
  const place = byId(id)
  if (place) place.textContent = text
}
