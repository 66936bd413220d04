// The second factor by passkey.
import { chosenPasskey } from './chosen.ts'
import { usePasskey } from './dialog.ts'
import { act, byId, leave } from './form.ts'
import { giveUpSignIn } from './give-up.ts'
import { rememberNow } from './remember.ts'

const form = byId<HTMLFormElement>('passkey-form')

if (form) {
  act(form, async () => {
    const { continueTo } = await usePasskey<{ continueTo: string }>(
      { options: '/api/sign-in/passkey/options', answer: '/api/sign-in/passkey' },
      { passkeyId: chosenPasskey(form) },
    )
    rememberNow()
    leave(continueTo)
  })
}

act(byId('give-up'), async () => {
  await giveUpSignIn()
  leave('/sign-in')
})
