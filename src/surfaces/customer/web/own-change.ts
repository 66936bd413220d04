// What holders change themselves: the password, and the mail address with the codes that were mailed for it.
import { call, Refused } from '../../frame/web/api.ts'
import './call-check.ts'
import { withChangeProof } from './change-proof.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, leave, nextStage } from './form.ts'
import './in-app.ts'
import { watchNewPassword } from './new-password.ts'
import './session-watch.ts'
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
    if (!address.validity.valid) throw badAddress()
    const body = { email: address.value.trim(), password: present.value }
    await withChangeProof(() => call('POST', '/api/email', body)).catch((error: unknown) => {
      throw error instanceof Refused && error.refusal.code === 'invalid_request'
        ? badAddress()
        : error
    })
    toCodes()
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

/** The codes wait on this page, also for whoever came back for another address. */
function toCodes(): void {
  const query = new URLSearchParams(location.search)
  if (!query.has('again')) return nextStage()
  query.delete('again')
  leave(`${location.pathname}?${query.toString()}`)
}

function badAddress(): Refused {
  return new Refused({ code: 'email_format', detail: word('emailFormat') })
}
