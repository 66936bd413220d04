// How far the mail with the code has come, as the outbox knows it.
import type { AnswerOf } from '../../frame/action.ts'
import { call } from '../../frame/web/api.ts'
import { timeIn } from '../../frame/web/time.ts'
import type { lookForMail } from '../sign-in/routes.ts'
import { byId } from './form.ts'
import { word } from './words.ts'

const every = 2000
const mostLooks = 15

/** Says when the mail server has taken the mail, looking for half a minute. Returns a function to stop it. */
export function watchMail(path: string, timeZone: string | undefined): () => void {
  let looks = 0
  let stopped = false
  const stop = () => {
    stopped = true
    clearInterval(timer)
  }
  const look = async () => {
    if (document.hidden) return
    looks += 1
    const state = await call<AnswerOf<typeof lookForMail>>('GET', path).catch(() => null)
    if (stopped) return
    if (state === null || state.mail === 'taken' || looks === mostLooks) stop()
    if (state) say(state, looks === mostLooks, timeZone)
  }
  const timer = setInterval(look, every)
  tell(word('sending'))
  void look()
  return stop
}

function say(
  { mail, at }: AnswerOf<typeof lookForMail>,
  isLast: boolean,
  timeZone: string | undefined,
): void {
  if (mail === 'refused') return tell(word('mailRefused'))
  if (mail === 'waiting' || at === null) return tell(word(isLast ? 'mailSlow' : 'sending'))
  const time = timeIn(timeZone, at, { second: '2-digit' })
  tell(word('mailTaken', { time }))
}

/** Said again it would be read again. */
function tell(text: string): void {
  const line = byId('mail')
  if (line && line.textContent !== text) line.textContent = text
}
