// The sign-in page: login ID and password.
import type { AnswerOf } from '../../frame/action.ts'
import type { start } from '../sign-in/routes.ts'
import { call, Refused } from '../../frame/web/api.ts'
import { startCallNumber } from './call-number.ts'
import { act, byId, leave } from './form.ts'
import { giveUpSignIn } from './give-up.ts'
import './in-app.ts'
import { takeLoginId } from './login-id-again.ts'
import { forgetLoginId, rememberAfterSuccess, rememberedLoginId } from './remember.ts'
import { hasSignedOut } from './signed-out.ts'
import { watchPassword } from './typed-password.ts'

interface PasswordStore {
  new (data: { id: string; password: string }): Credential
}

const form = byId<HTMLFormElement>('sign-in')
const loginId = byId<HTMLInputElement>('login-id')
const password = byId<HTMLInputElement>('password')
const saveLoginId = byId<HTMLInputElement>('save-login-id')
const savePassword = byId<HTMLInputElement>('save-password')
const showPassword = byId<HTMLInputElement>('show-password')
const close = byId<HTMLAnchorElement>('leave')

const signedOut = byId('signed-out')
if (signedOut && hasSignedOut()) {
  signedOut.hidden = false
  byId('ended')?.remove()
}

const PasswordCredential = (globalThis as { PasswordCredential?: PasswordStore }).PasswordCredential

if (form && loginId && password && saveLoginId && savePassword && showPassword) {
  if (!PasswordCredential) savePassword.closest('label')?.classList.add('absent')

  const remembered = rememberedLoginId()
  const known = takeLoginId() || remembered
  if (known && !loginId.value) {
    loginId.value = known
    saveLoginId.checked = known === remembered
    if (!password.value) password.focus()
  }
  saveLoginId.addEventListener('change', () => {
    if (!saveLoginId.checked) forgetLoginId()
  })

  const show = (shown: boolean) => {
    password.type = shown ? 'text' : 'password'
  }
  show(showPassword.checked)
  showPassword.addEventListener('change', () => show(showPassword.checked))
  const mayBeSent = watchPassword(password)

  act(form, async () => {
    if (!mayBeSent()) return
    const { continueTo } = form.dataset
    const { step } = await call<AnswerOf<typeof start>>('POST', '/api/sign-in', {
      loginId: loginId.value,
      password: password.value,
      ...(continueTo && { continueTo }),
    }).catch(withoutCode)
    rememberAfterSuccess(saveLoginId.checked ? loginId.value.trim() : null)
    if (savePassword.checked) hand(loginId.value.trim(), password.value)
    // Browsers do not recognise a readable field as a password.
    show(false)
    leave(`/sign-in/${step}`)
  })
}

/** The password was right, but no code could be sent: the page of that step says so, and has the brake. */
function withoutCode(error: unknown): { step: 'email-code' } {
  if (error instanceof Refused && error.refusal.code === 'too_many_codes') {
    return { step: 'email-code' }
  }
  throw error
}

startCallNumber()

close?.addEventListener('click', (event) => {
  event.preventDefault()
  void giveUpSignIn().then(() => leave(close.href))
})

/** Hands the password to the browser's own manager, which asks the person; this page keeps nothing. */
function hand(id: string, secret: string): void {
  if (!PasswordCredential) return
  void navigator.credentials.store(new PasswordCredential({ id, password: secret })).catch(() => {})
}
