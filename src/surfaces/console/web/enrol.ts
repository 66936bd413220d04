// The enrolment: a code, a new passkey, and what to do next.
import { makePasskey } from '../../frame/web/dialog.ts'
import { act, byId } from './form.ts'

interface Enrolled {
  readonly operator: { readonly name: string }
}

const form = byId<HTMLFormElement>('enrol')
const field = byId<HTMLInputElement>('code')
act(form, async () => {
  const addresses = { options: '/api/enrolment/options', answer: '/api/enrolment' }
  const { answer } = await makePasskey<Enrolled>(addresses, { code: field?.value.trim() ?? '' })
  const after = byId<HTMLTemplateElement>('after')
  const before = byId('before')
  if (!after || !before) return
  const card = after.content.cloneNode(true) as DocumentFragment
  card.querySelector('.enrolled')?.replaceChildren(answer.operator.name)
  before.replaceWith(card)
  document.querySelector<HTMLElement>('main h1')?.focus()
})
