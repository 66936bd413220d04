// The list of operators: deletes one.
import { call } from '../../frame/web/api.ts'
import './desk.ts'
import { act, byId } from './form.ts'

const dialog = byId<HTMLDialogElement>('removal')
const form = byId<HTMLFormElement>('removal-form')

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-remove]')) {
  button.disabled = false
  button.addEventListener('click', () => {
    byId('removal-text')?.replaceChildren(button.dataset['text'] ?? '')
    if (form) form.dataset['id'] = button.dataset['remove'] ?? ''
    dialog?.showModal()
  })
}

act(form, async () => {
  await call('DELETE', `/api/operators/${encodeURIComponent(form?.dataset['id'] ?? '')}`)
  location.reload()
})
