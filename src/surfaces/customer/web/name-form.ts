// The last stage of a registration: the name, the device, the dialog, and the outcome.
import { Refused } from '../../frame/web/api.ts'
import { countDown } from '../../frame/web/countdown.ts'
import { makePasskey } from '../../frame/web/dialog.ts'
import type { PasskeyView } from '../../parts/passkey-view.ts'
import { act, byId, nextStage } from './form.ts'
import { numbered } from './numbered.ts'
import { endOffer } from './offer.ts'
import { showRemaining } from './remaining.ts'
import { signalPasskeys } from './signal.ts'
import { forgetTypedName, keepTypedName, typedName } from './typed-name.ts'
import { detectDevice } from './user-agent.ts'
import { word } from './words.ts'

type Device = 'this-device' | 'phone'

/** Brings the form of src/surfaces/customer/portal/passkeys/name-form.ts to life, where the page has one. */
export function startNameForm(): void {
  const form = byId<HTMLFormElement>('name-form')
  const field = byId<HTMLInputElement>('name')
  if (!form || !field) return
  suggestNames(form, field)
  const stop = showTime(form)
  act(form, async () => {
    const name = field.value.trim()
    const device = chosenDevice(form)
    if (!name) throw new Refused({ code: 'name_not_allowed', detail: word('nameEmpty') })
    const passkey = await makeNamed(name, device)
    stop()
    forgetTypedName()
    if (device === 'this-device') endOffer()
    nextStage({ done: passkey.id, device })
  })
}

/** The device holds a refused passkey already, so the browser is sent the list that lacks it. */
async function makeNamed(name: string, device: Device): Promise<PasskeyView> {
  const addresses = { options: '/api/passkeys/options', answer: '/api/passkeys' }
  try {
    return (await makePasskey<PasskeyView>(addresses, { name, device })).answer
  } catch (error) {
    if (error instanceof Refused) void signalPasskeys()
    throw error
  }
}

function chosenDevice(form: HTMLFormElement): Device {
  return new FormData(form).get('device') === 'phone' ? 'phone' : 'this-device'
}

/** The suggestion follows the device until the person has written a name of their own. */
function suggestNames(form: HTMLFormElement, field: HTMLInputElement): void {
  const taken = JSON.parse(form.dataset['taken'] ?? '[]') as string[]
  const suggestions = JSON.parse(form.dataset['suggestions'] ?? '{}') as Record<string, string>
  const typed = typedName()
  // Typed before this script came, it is newer than what was kept.
  const isTyped = field.value !== field.defaultValue
  let own = isTyped || typed !== null
  if (isTyped) keepTypedName(field.value)
  else if (typed !== null) field.value = typed
  const suggest = () => {
    for (const hint of form.querySelectorAll<HTMLElement>('[data-name-of]')) {
      hint.hidden = hint.dataset['nameOf'] !== chosenDevice(form)
    }
    if (!own) field.value = suggestions[chosenDevice(form)] ?? field.value
  }
  field.addEventListener('input', () => {
    own = true
    keepTypedName(field.value)
  })
  form.addEventListener('change', suggest)
  suggest()
  void detectDevice().then((device) => {
    if (device) suggestions['this-device'] = numbered(device, taken)
    suggest()
  })
}

function showTime({ dataset: { now, until } }: HTMLFormElement): () => void {
  if (!until) return () => undefined
  return countDown({
    until: Number(until),
    ahead: Number(now) - Date.now(),
    tick: (seconds) => {
      showRemaining(seconds)
      if (seconds === 0) byId('over')?.removeAttribute('hidden')
    },
  })
}
