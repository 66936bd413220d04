// The button that ends the session and begins a sign-in that leads back to this page.
import { endSession } from './end-session.ts'
import { act, byId, leave } from './form.ts'
import { signInToHere } from './here.ts'
import { noteLoginId } from './login-id-again.ts'

const button = byId('sign-in-again')
act(button, async () => {
  await endSession()
  const { loginId } = button?.dataset ?? {}
  if (loginId) noteLoginId(loginId)
  leave(signInToHere)
})
