// A case: an approver takes it over, or closes it.
import { call } from '../../frame/web/api.ts'
import './desk.ts'
import { act, byId } from './form.ts'

const address = `/api/cases/${byId('case')?.dataset['id'] ?? ''}`

act(byId('take'), async () => {
  await call('POST', `${address}/take`)
  location.reload()
})

const form = byId<HTMLFormElement>('closing-form')
act(form, async () => {
  const reason = String(new FormData(form ?? undefined).get('reason') ?? '').trim()
  await call('POST', `${address}/close`, { reason })
  location.reload()
})
