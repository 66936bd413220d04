// The form for a code by e-mail: reads input as typed or pasted, shows the time, sends a new code.
import type { AnswerOf } from '../../frame/action.ts'
import { call, Refused, type Refusal } from '../../frame/web/api.ts'
import { countDown } from '../../frame/web/countdown.ts'
import type { sendAnotherCode } from '../sign-in/routes.ts'
import { act, byId, nextStage, say } from './form.ts'
import { watchMail } from './mail-state.ts'
import { showRemaining } from './remaining.ts'
import { holdsCode } from './typed-code.ts'
import { word } from './words.ts'

type Asked = Pick<AnswerOf<typeof sendAnotherCode>, 'expiresAt' | 'resendAfter'>

interface CodeCalls<Answer> {
  readonly verify: string
  readonly resend: string
  /** Tells what has become of the mail; null where nobody may learn that. */
  readonly mail: string | null
  /** The field of a second code that the same answer needs. */
  readonly oldCode?: HTMLInputElement | null
  readonly done: (answer: Answer) => void | Promise<void>
  /** Whether the page, loaded again, goes on from there: the code was used in another tab. */
  readonly usedElsewhere: (refusal: Refusal) => boolean | Promise<boolean>
}

/** Brings the form of src/surfaces/parts/code-pages.ts to life, where the page has one. */
export function startCodeForm<Answer>(calls: CodeCalls<Answer>): void {
  const form = byId<HTMLFormElement>('code-form')
  const field = byId<HTMLInputElement>('code')
  if (!form || !field) return
  const { verify, resend, mail, oldCode = null, done, usedElsewhere } = calls
  const { now, expiresAt, resendAfter, timeZone } = form.dataset
  const ahead = Number(now) - Date.now()
  const unlessUsed = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refused && (await usedElsewhere(error.refusal)))) throw error
      nextStage()
    }
  }
  act(form, () =>
    unlessUsed(async () => {
      const code = read(field)
      const body = oldCode ? { code, oldCode: read(oldCode) } : { code }
      await done(await call<Answer>('POST', verify, body))
    }),
  )
  act(byId('resend'), () =>
    unlessUsed(async () => {
      const sent = await call<Asked>('POST', resend)
      stop()
      stop = showTimes(Date.parse(sent.expiresAt), Date.parse(sent.resendAfter), ahead)
      stopWatching?.()
      stopWatching = mail === null ? null : watchMail(mail, timeZone)
      say(word('resent'))
      field.focus()
    }),
  )
  let stopWatching = mail === null ? null : watchMail(mail, timeZone)
  let stop = showTimes(Number(expiresAt), Number(resendAfter), ahead)
}

/** What the field holds, if that can be a code: other input costs no try. */
function read({ name, value }: HTMLInputElement): string {
  if (holdsCode(value)) return value
  throw new Refused({ code: 'code_format', detail: word('format'), field: name })
}

function showTimes(expiresAt: number, resendAfter: number, ahead: number): () => void {
  putForward(false)
  const stops = [
    // The clocks may differ by the page's loading time: rather a second too few than too many.
    countDown({
      until: expiresAt - 1000,
      ahead,
      tick: (seconds) => {
        showRemaining(seconds)
        if (seconds === 0) putForward(true)
      },
    }),
    countDown({ until: resendAfter, ahead, tick: showResend }),
  ]
  return () => stops.forEach((stop) => stop())
}

/** After the code's end the main button is the one for a new code. */
function putForward(isOver: boolean): void {
  const submit = document.querySelector('#code-form [type=submit]')
  const button = byId('resend')
  submit?.classList.toggle('primary', !isOver)
  button?.classList.toggle('primary', isOver)
  if (isOver) submit?.before(button ?? '')
  else byId('resend-wait')?.before(button ?? '')
}

function showResend(seconds: number): void {
  const button = byId<HTMLButtonElement>('resend')
  const wait = byId('resend-wait')
  if (!button || !wait) return
  button.disabled = seconds > 0
  wait.textContent = seconds > 0 ? word('resendIn', { s: seconds }) : ''
}
