// The button that ends the session and begins a sign-in that leads back to this page.
import { endSession } from './end-session.ts'
import { act, byId, leave } from './form.ts'

act(byId('sign-in-again'), async () => {
  await endSession()
  leave(`/sign-in?continueTo=${encodeURIComponent(location.pathname)}`)
})
