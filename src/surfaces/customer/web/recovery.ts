// Setting a password without the one before it: one step after the other, each as the server shows it.
import { call, Refused } from '../../frame/web/api.ts'
import { startCallNumber } from './call-number.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, leave, nextStage } from './form.ts'
import { watchNewPassword } from './new-password.ts'
import { prove } from './prove.ts'
import { word } from './words.ts'

const calls = byId('recovery')?.dataset['calls'] ?? ''

startCallNumber()

const askForm = byId<HTMLFormElement>('forgotten-password')
if (askForm) act(askForm, () => begin(askForm))

const activationForm = byId<HTMLFormElement>('activation')
if (activationForm) act(activationForm, () => begin(activationForm))

const loginIdForm = byId<HTMLFormElement>('forgotten-login-id')
if (loginIdForm) {
  act(loginIdForm, async () => {
    const mailed = byId('mailed')
    if (mailed) mailed.hidden = true
    await call('POST', '/api/forgotten/login-id', typedIn(loginIdForm))
    if (!mailed) return
    mailed.hidden = false
    mailed.focus()
  })
}

startCodeForm({
  verify: `${calls}/email-code`,
  resend: `${calls}/email-code/resend`,
  mail: null,
  done: () => nextStage(),
  usedElsewhere: sayOver,
})

const passkeyForm = byId<HTMLFormElement>('passkey-form')
if (passkeyForm) {
  act(passkeyForm, () =>
    whileItLasts(async () => {
      await prove('/api/forgotten/password/passkey', passkeyForm)
      nextStage()
    }),
  )
}

const passwordForm = byId<HTMLFormElement>('password-form')
const typed = watchNewPassword()
if (passwordForm && typed) {
  act(passwordForm, () =>
    whileItLasts(async () => {
      if (!typed.mayBeSent()) return
      await call('PUT', calls, { newPassword: typed.field.value })
      typed.hide()
      nextStage({ done: '' })
    }),
  )
}

const giveUp = byId('give-up')
act(giveUp, async () => {
  await Promise.race([
    call('DELETE', calls).catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, 3000)),
  ])
  leave(giveUp?.dataset['leaveTo'] ?? '/sign-in')
})

async function begin(form: HTMLFormElement): Promise<void> {
  await call('POST', calls, typedIn(form))
  nextStage()
}

function typedIn(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
}

async function whileItLasts(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Refused) sayOver(error.refusal)
    throw error
  }
}

/** Says of an attempt that has ended what it was: the server's words are those of a sign-in. */
function sayOver(refusal: Refused['refusal']): false {
  const { title: _, ...others } = refusal
  if (refusal.code === 'no_sign_in') throw new Refused({ ...others, detail: word('over') })
  return false
}
