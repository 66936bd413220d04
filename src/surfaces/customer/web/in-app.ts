// Brings src/surfaces/parts/in-app.ts to life, where the page has it.
import { byId } from './form.ts'
import { canHoldPasskeys } from './own-authenticator.ts'

const notice = byId('in-app')
const copy = byId('in-app-copy')
const address = byId('in-app-address')

// An app of the broker's own, and one that is a browser, can use passkeys.
if (notice?.hidden && hasSign(notice)) {
  void canHoldPasskeys().then((can) => {
    notice.hidden = can
  })
}

copy?.addEventListener('click', () => {
  if (!address) return
  // Where the app forbids the clipboard, the person copies what is selected.
  getSelection()?.selectAllChildren(address)
  const copied = navigator.clipboard?.writeText(address.textContent)
  void copied?.then(
    () => {
      copy.textContent = copy.dataset['done'] ?? ''
    },
    () => {},
  )
})

/** Without one the server knows from the header that the page is inside an app. */
function hasSign({ dataset }: HTMLElement): boolean {
  if (dataset['sign'] !== 'web-view-2') return true
  return (globalThis as { chrome?: { webview?: unknown } }).chrome?.webview !== undefined
}
