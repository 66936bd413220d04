// The last stage of a registration: the name, the device, the dialog, and what came of it.
import { Refused } from './api.ts'
import { countDown, isMilestone, minutesAndSeconds } from './countdown.ts'
import { makePasskey } from './dialog.ts'
import { act, byId } from './form.ts'
import { signalPasskeys } from './signal.ts'
import { showInstead } from './stage.ts'
import { detectDevice, numbered } from './suggest.ts'
import { word } from './words.ts'

/** Brings the form of src/portal/passkey-name-form.ts to life, where the page has one. */
export function startNameForm(): void {
  const form = byId<HTMLFormElement>('name-form')
  const field = byId<HTMLInputElement>('name')
  if (!form || !field) return
  suggestNames(form, field)
  const stop = showTime(form)
  act(form, async () => {
    const name = field.value.trim()
    if (!name) throw new Refused({ code: 'name_not_allowed', detail: word('nameEmpty') })
    const passkey = await makePasskey<{ name: string; place: string }>(
      { options: '/api/passkeys/options', answer: '/api/passkeys' },
      { name, device: chosenDevice(form) },
    )
    stop()
    showInstead('done', passkey)
    await signalPasskeys()
  })
}

function chosenDevice(form: HTMLFormElement): 'this-device' | 'phone' {
  return new FormData(form).get('device') === 'phone' ? 'phone' : 'this-device'
}

/** The suggestion follows the device until the person has written a name of their own. */
function suggestNames(form: HTMLFormElement, field: HTMLInputElement): void {
  const taken = JSON.parse(form.dataset['taken'] ?? '[]') as string[]
  const suggestions = JSON.parse(form.dataset['suggestions'] ?? '{}') as Record<string, string>
  let own = false
  const suggest = () => {
    if (!own) field.value = suggestions[chosenDevice(form)] ?? field.value
  }
  field.addEventListener('input', () => {
    own = true
  })
  form.addEventListener('change', suggest)
  suggest()
  void detectDevice().then((device) => {
    if (device) suggestions['this-device'] = numbered(device, taken)
    suggest()
  })
}

function showTime(form: HTMLFormElement): () => void {
  const { now, until } = form.dataset
  const remaining = byId('remaining')
  const announcement = byId('announcement')
  if (!until || !remaining || !announcement) return () => undefined
  return countDown({
    until: Number(until),
    ahead: Number(now) - Date.now(),
    tick: (seconds) => {
      const parts = minutesAndSeconds(seconds)
      remaining.textContent = word('remaining', parts)
      if (isMilestone(seconds)) {
        announcement.textContent = word(parts.m > 0 ? 'minutesLeft' : 'secondsLeft', parts)
      }
      if (seconds > 0) return
      announcement.textContent = word('expired')
      byId('over')?.removeAttribute('hidden')
    },
  })
}
