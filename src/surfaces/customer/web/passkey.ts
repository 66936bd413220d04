// The second factor by passkey.
import type { AnswerOf } from '../../frame/action.ts'
import type { verifyPasskey } from '../sign-in/routes.ts'
import { chosenPasskey } from './chosen.ts'
import { usePasskey } from './dialog.ts'
import { act, byId, leave } from './form.ts'
import { giveUpSignIn } from './give-up.ts'
import { offerThisComputer } from './offer.ts'
import { rememberNow } from './remember.ts'
import { signalBeforeLeaving } from './signal.ts'

const form = byId<HTMLFormElement>('passkey-form')

if (form) {
  act(form, async () => {
    const { answer, attachment } = await usePasskey<AnswerOf<typeof verifyPasskey>>(
      { options: '/api/sign-in/passkey/options', answer: '/api/sign-in/passkey' },
      { passkeyId: chosenPasskey(form) },
    )
    rememberNow()
    if (attachment === 'cross-platform' && isPhone(form)) offerThisComputer()
    await signalBeforeLeaving(answer.continueTo)
    leave(answer.continueTo)
  })
}

act(byId('give-up'), async () => {
  await giveUpSignIn()
  leave(byId('give-up')?.dataset['leaveTo'] ?? '/sign-in')
})

function isPhone(form: HTMLFormElement): boolean {
  return form.querySelector<HTMLInputElement>('input:checked')?.dataset['kept'] === 'phone'
}
