// 「いま試す」: the person uses a passkey without signing out, and hears what tomorrow will be like.
import type { AnswerOf } from '../../frame/action.ts'
import { Refused } from '../../frame/web/api.ts'
import { usePasskey } from '../../frame/web/dialog.ts'
import type { rehearse } from '../portal/passkeys/rehearsal-routes.ts'
import type { Need } from '../portal/passkeys/rehearsal.ts'
import { act, byId, say, Stopped } from './form.ts'
import { isOfPasskey, noteFailures } from './prove.ts'
import { word, type Word } from './words.ts'

const tonight: Readonly<Record<Need, Word>> = {
  here: 'tonightHere',
  phone: 'tonightPhone',
  key: 'tonightKey',
  other: 'tonightOther',
}

/** Also of a passkey that was sought here, and answered from elsewhere. */
const tomorrow: Readonly<Record<Need, Word>> = {
  here: 'rehearsedByPhone',
  phone: 'rehearsedByPhone',
  key: 'rehearsedByKey',
  other: 'rehearsedByOther',
}

/** Refusals after which nobody can say that the session goes on, or what the passkey does. */
const untold: ReadonlySet<string> = new Set(['not_signed_in', 'unreachable', 'unexpected'])

/** Brings the buttons of src/surfaces/customer/portal/passkeys/rehearsal.ts to life. */
export function startRehearsals(): void {
  const buttons = document.querySelectorAll<HTMLButtonElement>('button[data-rehearse]')
  if (buttons.length === 0) return
  const move = movable()
  for (const button of buttons) {
    act(button, () => {
      move.to(button.closest('li'))
      return tryOut(button)
    })
  }
  document.addEventListener(
    'click',
    ({ target }) => {
      const pressed = target instanceof Element ? target.closest('button') : null
      if (pressed && pressed.id !== 'stop' && !('rehearse' in pressed.dataset)) move.home()
    },
    { capture: true },
  )
}

async function tryOut(button: HTMLButtonElement): Promise<void> {
  const id = button.dataset['rehearse'] ?? ''
  const need = button.dataset['need'] as Need
  const address = `/api/passkeys/${id}/rehearsal`
  const addresses = { options: `${address}/options`, answer: address }
  try {
    const { answer } = await noteFailures('/api/session/passkey', id, () =>
      usePasskey<AnswerOf<typeof rehearse>>(addresses),
    )
    const ends = answer.way === 'this-device' ? 'rehearsedHere' : tomorrow[need]
    say(lines(word(ends), word('rehearsedByEmail')))
    const lastUsed = button.closest('li')?.querySelector('[data-last-used]')
    if (lastUsed) lastUsed.textContent = word('rehearsedNow')
    button.focus()
  } catch (error) {
    throw withAdvice(error, need)
  }
}

/** What happened, what to do tonight, and that the session goes on. */
function withAdvice(error: unknown, need: Need): unknown {
  const advice = isOfPasskey(error) ? word(tonight[need]) : ''
  const more = (sentence: string) => lines(sentence, advice, word('stillSignedIn'))
  if (error instanceof Stopped) return new Stopped(more(error.message), error.code)
  if (!(error instanceof Refused) || untold.has(error.refusal.code)) return error
  return new Refused({ ...error.refusal, detail: more(error.refusal.detail) })
}

function lines(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join('\n')
}

/** Moves the page's messages below a row, and back to where they stand for everything else. */
function movable() {
  const messages = [byId('problem'), byId('dialog')].filter((one) => one !== null)
  const before = messages[0]?.previousElementSibling
  const place = document.createElement('li')
  place.className = 'outcome'
  return {
    to(row: HTMLElement | null): void {
      if (place.previousElementSibling === row) return
      row?.after(place)
      place.append(...messages)
    },
    home(): void {
      before?.after(...messages)
      place.remove()
    },
  }
}
