// Begins and ends a call to the holder of the account that the page shows.
import { call } from '../../frame/web/api.ts'
import { act, byId, idOfPage, valueOf } from './form.ts'

const address = `/api/accounts/${idOfPage}/call`
const form = byId<HTMLFormElement>('begin-call')

act(form, async () => {
  await call('POST', address, { purpose: valueOf(form, 'purpose') })
  location.reload()
})

act(byId('end-call'), async () => {
  await call('DELETE', address)
  location.reload()
})
