// A refusal in words: what happened, how long to wait, and the way on from here.
import type { Refusal } from '../../frame/web/api.ts'
import { linkTo, refusalLines } from '../../frame/web/refusal-lines.ts'
import { errorCodeLine } from './error-code.ts'
import { here, signInToHere } from './here.ts'
import { word } from './words.ts'

/** Refusals after which the same page, loaded again, shows the next step. */
const reopened: ReadonlySet<string> = new Set([
  'email_code_needed',
  'no_such_passkey',
  'passkey_needed',
  'sign_in_again',
  'start_again',
])

/** The paragraphs of a refusal. A wait in them counts down until `stopWaitNote`. */
export function describeRefusal(refusal: Refusal): HTMLElement[] {
  const { code, triesLeft } = refusal
  const details = [isTriedOut(refusal) ? word('noTriesLeft') : refusal.detail]
  if (triesLeft) details.push(word('triesLeft', { n: triesLeft }))
  return [...refusalLines(refusal, details), ...wayOn(refusal), errorCodeLine(code)]
}

/** The server takes no further code, so the field must not get the focus. */
export function isTriedOut({ triesLeft }: Refusal): boolean {
  return triesLeft === 0
}

function wayOn(refusal: Refusal): HTMLElement[] {
  const { code } = refusal
  const { beginAgain = '/sign-in' } = document.getElementById('give-up')?.dataset ?? {}
  if (code === 'no_sign_in') return [linkTo(beginAgain, word('toSignIn'))]
  if (code === 'not_signed_in') return [linkTo(signInToHere, word('toSignIn'))]
  if (code === 'code_spent' || isTriedOut(refusal)) {
    return here.startsWith('/sign-in')
      ? [linkTo(beginAgain, word('toSignIn'))]
      : [linkTo(here, word('reopen'))]
  }
  const forgotten = code === 'sign_in_refused' ? document.getElementById('forgotten') : null
  if (forgotten) return [copyOf(forgotten)]
  return reopened.has(code) ? [linkTo(here, word('reopen'))] : []
}

/** The way that the page names further down. */
function copyOf(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement
  copy.removeAttribute('id')
  return copy
}
