// Switching the second factor: choose, prove with a passkey, switch.
import { call, Refused } from './api.ts'
import { chosenPasskey } from './chosen.ts'
import { usePasskey } from './dialog.ts'
import { act, byId, say } from './form.ts'
import { showInstead } from './stage.ts'
import { word } from './words.ts'

const methodForm = byId<HTMLFormElement>('method-form')
const proofForm = byId<HTMLFormElement>('proof-form')

if (methodForm) {
  const { current, passkeys } = methodForm.dataset
  act(methodForm, async () => {
    if (chosenMethod(methodForm) === current) return say(word('same'))
    if (!proofForm) throw new Refused({ code: 'no_passkey', detail: word('none') })
    if (passkeys === '1') return switchWith(methodForm, proofForm)
    proofForm.hidden = false
    proofForm.querySelector('h2')?.focus()
  })
  if (proofForm) act(proofForm, () => switchWith(methodForm, proofForm))
}

async function switchWith(methods: HTMLFormElement, proofs: HTMLFormElement): Promise<void> {
  const method = chosenMethod(methods)
  await usePasskey(
    { options: '/api/session/passkey/options', answer: '/api/session/passkey' },
    { passkeyId: chosenPasskey(proofs), purpose: 'switch' },
  )
  await call('PUT', '/api/second-factor', { method })
  showInstead(`done-${method}`)
}

function chosenMethod(form: HTMLFormElement): string {
  return String(new FormData(form).get('method') ?? '')
}
