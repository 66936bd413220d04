// The second factor by passkey.
import type { AnswerOf } from '../../frame/action.ts'
import type { verifyPasskey } from '../sign-in/routes.ts'
import { chosenPasskey } from './chosen.ts'
import { usePasskey } from './dialog.ts'
import { act, byId } from './form.ts'
import { offerThisComputer } from './offer.ts'
import { goOn } from './second-step.ts'
import { word } from './words.ts'

const form = byId<HTMLFormElement>('passkey-form')

/** After so many failures the page says which other way there is. */
const failuresUntilAdvice = 2
let failures = 0

if (form) {
  act(form, async () => {
    const { answer, attachment } = await usePasskey<AnswerOf<typeof verifyPasskey>>(
      { options: '/api/sign-in/passkey/options', answer: '/api/sign-in/passkey' },
      { passkeyId: chosenPasskey(form) },
    ).catch((error: unknown) => {
      const advice = byId('other-way')
      const isOwnWish = error instanceof Error && error.message === word('stopped')
      if (!isOwnWish && ++failures >= failuresUntilAdvice) advice?.removeAttribute('hidden')
      throw error
    })
    if (attachment === 'cross-platform' && isPhone(form)) offerThisComputer()
    await goOn(answer)
  })
}

function isPhone(form: HTMLFormElement): boolean {
  return form.querySelector<HTMLInputElement>('input:checked')?.dataset['kept'] === 'phone'
}
