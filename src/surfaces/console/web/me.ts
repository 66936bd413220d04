// A further passkey of the operator's own: a proof with one that is there, then the new one.
import { makePasskey, usePasskey } from '../../frame/web/dialog.ts'
import './desk.ts'
import { act, byId } from './form.ts'

act(byId('add'), async () => {
  await usePasskey({ options: '/api/proof/options', answer: '/api/proof' })
  await makePasskey({ options: '/api/passkeys/options', answer: '/api/passkeys' }, {})
  location.reload()
})
