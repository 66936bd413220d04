// Registering a passkey: prove, confirm the address, name and make it.
import { call } from '../../frame/web/api.ts'
import './call-check.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, nextStage } from './form.ts'
import './in-app.ts'
import { startNameForm } from './name-form.ts'
import { prove } from './prove.ts'
import { keepChecking } from './ready-device.ts'
import './sign-in-again.ts'
import './session-watch.ts'
import { signalPasskeys } from './signal.ts'

const proofForm = byId<HTMLFormElement>('proof-form')
if (proofForm) {
  act(proofForm, async () => {
    await prove('/api/session/passkey', proofForm, { purpose: 'register' })
    // The proof stands: if no code can be sent now, the next stage has a button to send one.
    await call('POST', '/api/passkeys/email-code').catch(() => undefined)
    nextStage()
  })
}

act(byId('send-code'), async () => {
  await call('POST', '/api/passkeys/email-code')
  nextStage()
})

startCodeForm({
  verify: '/api/passkeys/email-code/verify',
  mail: '/api/passkeys/email-code',
  resend: '/api/passkeys/email-code',
  done: () => nextStage(),
  usedElsewhere: ({ code }) => code === 'code_spent',
})

startNameForm()
if (byId('stage')?.dataset['stage'] === 'done') void signalPasskeys()
keepChecking()
