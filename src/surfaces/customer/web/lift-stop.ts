// The lifting of a stop.
import { call } from '../../frame/web/api.ts'
import './call-check.ts'
import { withChangeProof, withNewProof } from './change-proof.ts'
import { act, byId, leave } from './form.ts'
import './session-watch.ts'

const form = byId<HTMLFormElement>('lift-form')

act(form, async () => {
  const password = byId<HTMLInputElement>('password')?.value
  // A passkey that is older than the stop needs no password.
  const isByOlder = form?.dataset['hasOlder'] !== undefined && !password
  const body = password === undefined || isByOlder ? undefined : { password }
  const lift = () => call('DELETE', '/api/stop', body)
  await (isByOlder ? withNewProof(lift) : withChangeProof(lift))
  leave('/portal')
})
