// The second factor by passkey.
import type { AnswerOf } from '../../frame/action.ts'
import type { verifyPasskey } from '../sign-in/routes.ts'
import { act, byId } from './form.ts'
import './in-app.ts'
import { offerThisComputer } from './offer.ts'
import { prove } from './prove.ts'
import { goOn } from './second-step.ts'

const form = byId<HTMLFormElement>('passkey-form')

if (form) {
  act(form, async () => {
    const { answer, attachment } = await prove<AnswerOf<typeof verifyPasskey>>(
      '/api/sign-in/passkey',
      form,
    )
    if (attachment === 'cross-platform' && isPhone(form)) offerThisComputer()
    await goOn(answer)
  })
}

function isPhone(form: HTMLFormElement): boolean {
  return form.querySelector<HTMLInputElement>('input:checked')?.dataset['kept'] === 'phone'
}
