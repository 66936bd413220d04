// The lifting of a stop.
import { call } from '../../frame/web/api.ts'
import './call-check.ts'
import { withChangeProof } from './change-proof.ts'
import { act, byId, leave } from './form.ts'
import './session-watch.ts'

const form = byId<HTMLFormElement>('lift-form')

act(form, async () => {
  const password = byId<HTMLInputElement>('password')?.value
  await withChangeProof(() =>
    call('DELETE', '/api/stop', password === undefined ? undefined : { password }),
  )
  leave('/portal')
})
