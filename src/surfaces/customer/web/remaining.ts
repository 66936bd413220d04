// The time that a code or a permission has left.
import { byId } from './form.ts'
import { word } from './words.ts'

/** Shows the seconds left; warns in the last minute, and when the time is over. */
export function showRemaining(seconds: number): void {
  const remaining = byId('remaining')
  const announcement = byId('announcement')
  const warning = byId('warning')
  if (!remaining || !announcement || !warning) return
  const parts = { m: Math.floor(seconds / 60), s: seconds % 60 }
  remaining.textContent = word('remaining', parts)
  if (seconds === 0) announcement.textContent = word('expired')
  else if (isMilestone(seconds)) {
    announcement.textContent = word(parts.m > 0 ? 'minutesLeft' : 'secondsLeft', parts)
  }
  warning.hidden = seconds > 60
  warning.textContent = word(seconds > 0 ? 'soon' : 'expired')
  // The warning says that the time is over.
  remaining.closest('.timer')?.toggleAttribute('hidden', seconds === 0)
}

/** Screen readers hear the minutes and the last half minute, not each second. */
function isMilestone(seconds: number): boolean {
  return seconds === 30 || seconds % 60 === 0
}
