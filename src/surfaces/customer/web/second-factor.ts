// Switching the second factor: choose, prove with a passkey, switch.
import { call, Refused } from '../../frame/web/api.ts'
import './call-check.ts'
import { act, byId, nextStage, say } from './form.ts'
import './in-app.ts'
import { prove } from './prove.ts'
import './session-watch.ts'
import { word } from './words.ts'

const methodForm = byId<HTMLFormElement>('method-form')
const proofForm = byId<HTMLFormElement>('proof-form')

if (methodForm) {
  act(methodForm, async () => {
    if (isCurrent(methodForm)) return say(word('same'))
    if (!proofForm) throw new Refused({ code: 'no_passkey', detail: word('none') })
    if (methodForm.dataset['passkeys'] === '1') return switchWith(methodForm, proofForm)
    proofForm.hidden = false
    // From here on, messages stand beside the proof's button.
    proofForm
      .querySelector('button')
      ?.before(...[byId('problem'), byId('dialog')].filter((one) => one !== null))
    proofForm.querySelector('h2')?.focus()
  })
  if (proofForm) act(proofForm, () => switchWith(methodForm, proofForm))
}

async function switchWith(methods: HTMLFormElement, proofs: HTMLFormElement): Promise<void> {
  if (isCurrent(methods)) return say(word('same'))
  const method = chosenMethod(methods)
  await prove('/api/session/passkey', proofs, { purpose: 'switch' })
  await call('PUT', '/api/second-factor', { method })
  nextStage({ done: method })
}

function isCurrent(form: HTMLFormElement): boolean {
  return chosenMethod(form) === form.dataset['current']
}

function chosenMethod(form: HTMLFormElement): string {
  return String(new FormData(form).get('method') ?? '')
}
