// The page's state while the browser's dialog is open over it (src/surfaces/parts/dialog-state.ts).
import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { byId, say } from './form.ts'
import { word } from './words.ts'

for (const stop of document.querySelectorAll('#stop, [data-stop]')) {
  stop.addEventListener('click', () => WebAuthnAbortService.cancelCeremony())
}

/** Says that the dialog is open, offers a way to stop, and unfolds its drawings and brings them into view. */
export function showDialogOpen(): void {
  say(word('open'))
  mark(true)
  document.querySelector('.guides-fold')?.setAttribute('open', '')
  for (const drawing of document.querySelectorAll('[data-guide] svg')) {
    if (drawing.getClientRects().length > 0) return drawing.scrollIntoView({ block: 'nearest' })
  }
}

/** Says that the answer is being checked, however the dialog ended. */
export function showDialogClosed(): void {
  say(word('checking'))
  mark(false)
}

function mark(open: boolean): void {
  const near = document.querySelector<HTMLElement>('dialog[open] .dialog') ?? byId('dialog')
  near?.classList.toggle('open', open)
  const stop = near?.querySelector('button')
  if (stop) stop.hidden = !open
}
