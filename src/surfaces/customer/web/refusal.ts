// A refusal in words: what happened, how long to wait, and the way on from here.
import type { Refusal } from '../../frame/web/api.ts'
import { countDown } from '../../frame/web/countdown.ts'
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

let stopWaiting = () => {}

/** The paragraphs of a refusal. A wait in them counts down until `clearRefusal`. */
export function describeRefusal(refusal: Refusal): HTMLElement[] {
  const { code, title, detail, triesLeft, retryAfterSeconds, requestId } = refusal
  const paragraphs = [paragraph(isTriedOut(refusal) ? word('noTriesLeft') : detail)]
  if (title) paragraphs.unshift(heading(title))
  if (triesLeft) paragraphs.push(paragraph(word('triesLeft', { n: triesLeft })))
  if (retryAfterSeconds !== undefined) paragraphs.push(wait(retryAfterSeconds))
  if (code === 'internal_error' && requestId) {
    paragraphs.push(paragraph(word('requestId', { id: requestId })))
  }
  return [...paragraphs, ...wayOn(refusal), errorCodeLine(code)]
}

/** Stops the countdown of the last refusal. */
export function clearRefusal(): void {
  stopWaiting()
}

/** The server takes no further code, so the field must not get the focus. */
export function isTriedOut({ triesLeft }: Refusal): boolean {
  return triesLeft === 0
}

function wayOn(refusal: Refusal): HTMLElement[] {
  const { code } = refusal
  const { beginAgain = '/sign-in' } = document.getElementById('give-up')?.dataset ?? {}
  if (code === 'no_sign_in') return [link(beginAgain, word('toSignIn'))]
  if (code === 'not_signed_in') return [link(signInToHere, word('toSignIn'))]
  if (code === 'code_spent' || isTriedOut(refusal)) {
    return here.startsWith('/sign-in')
      ? [link(beginAgain, word('toSignIn'))]
      : [link(here, word('reopen'))]
  }
  const forgotten = code === 'sign_in_refused' ? document.getElementById('forgotten') : null
  if (forgotten) return [copyOf(forgotten)]
  return reopened.has(code) ? [link(here, word('reopen'))] : []
}

/** Screen readers do not read a timer each second; they read its end, as the alert around it changes. */
function wait(seconds: number): HTMLElement {
  const element = paragraph('')
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

function waitWords(seconds: number): string {
  if (seconds <= 90) return word('waitSeconds', { n: seconds })
  if (seconds <= 90 * 60) return word('waitMinutes', { n: Math.ceil(seconds / 60) })
  return word('waitHours', { n: Math.ceil(seconds / 3600) })
}

/** The way that the page names further down. */
function copyOf(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement
  copy.removeAttribute('id')
  return copy
}

function heading(text: string): HTMLElement {
  const element = paragraph('')
  element.append(Object.assign(document.createElement('strong'), { textContent: text }))
  return element
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p')
  element.textContent = text
  return element
}

function link(address: string, text: string): HTMLElement {
  const element = document.createElement('a')
  element.href = address
  element.textContent = text
  return element
}
