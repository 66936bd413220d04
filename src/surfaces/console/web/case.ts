// A case: an approver takes it over, or closes it.
import { call } from '../../frame/web/api.ts'
import './desk.ts'
import { act, byId, valueOf } from './form.ts'

const address = `/api/cases/${byId('case')?.dataset['id'] ?? ''}`

act(byId('take'), async () => {
  await call('POST', `${address}/take`)
  location.reload()
})

const form = byId<HTMLFormElement>('closing-form')
act(form, async () => {
  await call('POST', `${address}/close`, { reason: valueOf(form, 'reason') })
  location.reload()
})
