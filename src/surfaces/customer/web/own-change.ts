// What holders change themselves: the password, and the mail address with the codes that were mailed for it.
import { call } from '../../frame/web/api.ts'
import './call-check.ts'
import { withChangeProof } from './change-proof.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, leave, nextStage } from './form.ts'
import './in-app.ts'
import { sendAddress } from './new-address.ts'
import { watchNewPassword } from './new-password.ts'
import './session-watch.ts'
import './sign-in-again.ts'
import './stop.ts'
import { word } from './words.ts'

const passwordForm = byId<HTMLFormElement>('password-form')
const present = byId<HTMLInputElement>('password')
const typed = watchNewPassword()

if (passwordForm && present && typed) {
  act(passwordForm, async () => {
    if (!typed.mayBeSent()) return
    const body = { password: present.value, newPassword: typed.field.value }
    await withChangeProof(() => call('PUT', '/api/password', body))
    typed.hide()
    const { then } = passwordForm.dataset
    if (then) leave(then)
    else nextStage({ done: '' })
  })
}

const emailForm = byId<HTMLFormElement>('email-form')
const address = byId<HTMLInputElement>('email')

if (emailForm && address && present) {
  act(emailForm, async () => {
    await sendAddress(address, word('emailFormat'), (email) =>
      withChangeProof(() => call('POST', '/api/email', { email, password: present.value })),
    )
  })
}

startCodeForm({
  verify: '/api/email/verify',
  resend: '/api/email/resend',
  mail: null,
  oldCode: byId<HTMLInputElement>('old-code'),
  done: () => nextStage({ done: '' }),
  usedElsewhere: ({ code }) => code === 'code_spent',
})
