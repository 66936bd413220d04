// The second factor by passkey.
import type { AnswerOf } from '../../frame/action.ts'
import type { verifyPasskey } from '../sign-in/routes.ts'
import './call-check.ts'
import { act, byId } from './form.ts'
import './in-app.ts'
import { offerThisComputer } from './offer.ts'
import { prove } from './prove.ts'
import './stop.ts'
import { goOn } from './second-step.ts'

const form = byId<HTMLFormElement>('passkey-form')

if (form) {
  act(form, () => signIn(form))
  // Whoever has come to cancel what waits is led to where that is done.
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-pending]')) {
    act(button, () => signIn(form, button.dataset['pending']))
  }
}

async function signIn(form: HTMLFormElement, instead?: string): Promise<void> {
  const { answer, attachment } = await prove<AnswerOf<typeof verifyPasskey>>(
    '/api/sign-in/passkey',
    form,
  )
  if (attachment === 'cross-platform' && isPhone(form)) offerThisComputer()
  await goOn({ continueTo: instead ?? answer.continueTo })
}

function isPhone(form: HTMLFormElement): boolean {
  return form.querySelector<HTMLInputElement>('input:checked')?.dataset['kept'] === 'phone'
}
