// A request: approve it with the passkey, refuse it, take it back, take a half of a code, keep the receipt.
import { call } from '../../frame/web/api.ts'
import { usePasskey } from '../../frame/web/dialog.ts'
import './desk.ts'
import { act, byId, idOfPage, valueOf } from './form.ts'

interface Decided {
  readonly state: string
  /** The approver's half of an enrolment code. */
  readonly codeHalf?: string | null
}

interface TakenCode {
  readonly codeHalf: string | null
  readonly activationCode: string | null
}

const address = `/api/requests/${idOfPage}`

act(byId('approve'), async () => {
  const approval = `${address}/approval`
  const { answer } = await usePasskey<Decided>({ options: `${approval}/options`, answer: approval })
  if (answer.codeHalf) showApproverHalf(answer.codeHalf)
  else location.reload()
})

const refusal = byId<HTMLFormElement>('refusal-form')
act(refusal, async () => {
  await call('POST', `${address}/refusal`, { reason: valueOf(refusal, 'reason') })
  location.reload()
})

act(byId('withdraw'), async () => {
  await call('DELETE', address)
  location.reload()
})

act(byId('show-half'), async () => {
  const { codeHalf, activationCode } = await call<TakenCode>('GET', address)
  const box = byId('half')
  const code = codeHalf ?? activationCode
  if (!box || code === null) return location.reload()
  box.textContent = code
  box.hidden = false
  byId('show-half')?.remove()
})

act(byId('save-receipt'), async () => {
  const { receipt } = await call<{ receipt: unknown }>('GET', `${address}/receipt`)
  const text = typeof receipt === 'string' ? receipt : JSON.stringify(receipt, null, 2)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = `receipt-${idOfPage}.json`
  link.click()
  URL.revokeObjectURL(link.href)
})

/** Stands there until it has been noted: it is in no other place. */
function showApproverHalf(half: string): void {
  const template = byId<HTMLTemplateElement>('approver-half')
  const card = template?.content.cloneNode(true) as DocumentFragment
  const box = card.querySelector('.half')
  if (box) box.textContent = half
  card.querySelector('[data-noted]')?.addEventListener('click', () => location.reload())
  byId('decisions')?.replaceWith(card)
  byId('hand-title')?.focus()
}
