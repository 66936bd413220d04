// How a refusal says how long to wait.
import { countDown } from './countdown.ts'
import { word } from './words.ts'

let stopWaiting = () => {}

/** A line that counts down until `stopWaitNote`. Screen readers read its end alone, as the alert around it changes. */
export function waitNote(seconds: number): HTMLElement {
  const element = document.createElement('p')
  element.setAttribute('role', 'timer')
  stopWaiting = countDown({
    until: Date.now() + seconds * 1000,
    ahead: 0,
    tick: (left) => {
      if (left === 0) element.removeAttribute('role')
      element.textContent = left === 0 ? word('waitOver') : waitWords(left)
    },
  })
  return element
}

/** Stops the countdown of the last refusal. */
export function stopWaitNote(): void {
  stopWaiting()
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return word('waitSeconds', { n: seconds })
  if (seconds <= 90 * 60) return word('waitMinutes', { n: Math.ceil(seconds / 60) })
  return word('waitHours', { n: Math.ceil(seconds / 3600) })
}
