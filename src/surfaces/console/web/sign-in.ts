// The sign-in: the passkey says who it is.
import { usePasskey } from '../../frame/web/dialog.ts'
import { act, byId, leave } from './form.ts'

const form = byId<HTMLFormElement>('sign-in')
act(form, async () => {
  await usePasskey({ options: '/api/sign-in/options', answer: '/api/sign-in' })
  leave(form?.dataset['continueTo'] ?? '/')
})
