// The device that is selected where Windows Hello is known to be missing, until the person has chosen one.
import { checkDevice } from './device-check.ts'
import { byId } from './form.ts'

/** Checks the device, now and whenever the person comes back to the page: it may have been set up meanwhile. */
export function keepChecking(): void {
  let chosen = isChosen()
  byId('name-form')?.addEventListener('change', ({ isTrusted, target }) => {
    chosen ||= isTrusted && target instanceof HTMLInputElement && target.name === 'device'
  })
  const check = async () => {
    const checked = await checkDevice()
    if (!checked || !byId('not-ready')) return
    const missing = checked.own === false
    mark(missing ? checked.ownWords : null)
    // Without Bluetooth the phone works no better.
    if (!chosen) select(missing && checked.phone !== false ? 'phone' : 'this-device')
  }
  void check()
  addEventListener('focus', () => void check())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void check()
  })
}

/** Before this script came. */
function isChosen(): boolean {
  return radio('phone')?.checked === true
}

function mark(why: string | null): void {
  const note = byId('not-ready')
  const hint = byId('device-this-device-hint')
  const reason = note?.querySelector('span')
  if (!note || !hint || !reason) return
  note.hidden = why === null
  hint.hidden = why !== null
  reason.textContent = why
  const described = why === null ? hint.id : 'not-ready-why'
  radio('this-device')?.setAttribute('aria-describedby', described)
}

function select(device: 'this-device' | 'phone'): void {
  const choice = radio(device)
  if (!choice || choice.checked) return
  choice.checked = true
  choice.dispatchEvent(new Event('change', { bubbles: true }))
}

function radio(device: 'this-device' | 'phone'): HTMLInputElement | null {
  return byId<HTMLInputElement>(`device-${device}`)
}
