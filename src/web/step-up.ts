// Confirming what an application asks for: the address decides afterwards where it goes on.
import { chosenPasskey } from './chosen.ts'
import { usePasskey } from './dialog.ts'
import { endSession } from './end-session.ts'
import { act, byId, leave } from './form.ts'

const form = byId<HTMLFormElement>('step-up-form')
if (form) {
  act(form, async () => {
    await usePasskey(
      { options: '/api/session/passkey/options', answer: '/api/session/passkey' },
      { passkeyId: chosenPasskey(form), purpose: 'step-up' },
    )
    location.reload()
  })
}

act(byId('sign-in-again'), async () => {
  await endSession()
  leave(`/sign-in?continueTo=${encodeURIComponent(location.pathname)}`)
})
