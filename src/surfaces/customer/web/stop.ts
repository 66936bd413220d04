// 「緊急停止」: asks once more, stops, and takes everything off the screen where nobody is signed in any more.
import { call, session } from '../../frame/web/api.ts'
import { act, byId, nextStage } from './form.ts'
import { forgetTypedName } from './typed-name.ts'

const dialog = byId<HTMLDialogElement>('stop-dialog')
const form = byId<HTMLFormElement>('stop-form')

act(
  byId('stop-open'),
  async () => {
    dialog?.showModal()
    byId('stop-ask')?.focus()
  },
  { keeps: true },
)
byId('stop-cancel')?.addEventListener('click', () => dialog?.close())

act(form, async () => {
  if (!form) return
  const level = new FormData(form).get('level')
  const address = form.dataset['address'] ?? ''
  if (level === null) await call('POST', address)
  else await call('POST', address, { level })
  if (level === null || level === 'sign-in') cover()
  else nextStage()
})

function cover(): void {
  // The session has ended as it should: no word of its own about that.
  delete session.hasEnded
  forgetTypedName()
  const card = byId<HTMLTemplateElement>('stop-done')?.content.cloneNode(true)
  dialog?.close()
  byId('session-warning')?.remove()
  byId('sign-out')?.remove()
  const before = document.querySelector('main h1')?.textContent ?? ''
  if (card) document.querySelector('main')?.replaceChildren(card)
  const title = document.querySelector<HTMLElement>('main h1')
  document.title = document.title.replace(before, () => title?.textContent ?? before)
  title?.focus()
}
