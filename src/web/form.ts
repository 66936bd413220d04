// One action of a page at a time, and what the page says about it.
import { Refused } from './api.ts'
import type { Refusal } from './api.ts'
import { word } from './words.ts'

/** Not an error: the person stopped, and is told calmly where things stand. */
export class Stopped extends Error {}

/** Refusals that are about one field: it is marked and gets the focus. */
const fields: Readonly<Record<string, string>> = {
  code_wrong: 'code',
  code_format: 'code',
  name_taken: 'name',
  name_not_allowed: 'name',
}

/** Refusals after which the same page, loaded again, shows what is to be done now. */
const reopened: ReadonlySet<string> = new Set([
  'email_code_needed',
  'no_such_passkey',
  'passkey_needed',
  'sign_in_again',
  'start_again',
])

let busy = false
let leaving = false

// A page that the back button brings to life again may show a step that is over.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

export function byId<E extends HTMLElement = HTMLElement>(id: string): E | null {
  return document.getElementById(id) as E | null
}

/**
 * Does `work` when the form is sent or the button is pressed: busy meanwhile, refusals shown. Buttons
 * are disabled in the HTML, as nothing would answer them before this runs.
 */
export function act(trigger: HTMLElement | null, work: () => Promise<unknown>): void {
  if (!trigger) return
  const button =
    trigger instanceof HTMLFormElement
      ? trigger.querySelector<HTMLButtonElement>('button[type=submit]')
      : (trigger as HTMLButtonElement)
  if (!button) return
  button.disabled = false
  trigger.addEventListener(trigger === button ? 'click' : 'submit', (event) => {
    event.preventDefault()
    if (!busy) void perform(button, work)
  })
}

async function perform(button: HTMLButtonElement, work: () => Promise<unknown>): Promise<void> {
  busy = true
  // Not `disabled`, which would lose the focus.
  button.setAttribute('aria-disabled', 'true')
  clear()
  try {
    await work()
  } catch (error) {
    report(error, button)
  } finally {
    if (!leaving) {
      busy = false
      button.removeAttribute('aria-disabled')
    }
  }
}

/** Goes to another page; this one stays busy until it is gone. */
export function leave(address: string): void {
  leaving = true
  location.assign(address)
}

/** Loads the page again, as the server decides which stage it shows. */
export function nextStage(): void {
  leaving = true
  location.replace(location.pathname)
}

/** Says how things go, without moving the focus. */
export function say(text: string): void {
  const status = byId('status')
  if (status) status.textContent = text
}

function clear(): void {
  say('')
  byId('problem')?.replaceChildren()
  for (const field of document.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
  }
}

function report(error: unknown, button: HTMLButtonElement): void {
  say('')
  if (error instanceof Stopped) {
    say(error.message)
    // The way to stop has gone, and the next step is to try again.
    return button.focus()
  }
  if (error instanceof Refused) return refuse(error.refusal)
  refuse({ code: 'unexpected', detail: word('unexpected') })
  throw error
}

function refuse(refusal: Refusal): void {
  if (refusal.code === 'not_signed_in') {
    return leave(`/sign-in?continueTo=${encodeURIComponent(location.pathname)}`)
  }
  if (refusal.code === 'wrong_step' && refusal.step) return leave(`/sign-in/${refusal.step}`)

  const problem = byId('problem')
  problem?.replaceChildren(...(refusal.title ? [heading(refusal.title)] : []))
  problem?.append(...sentences(refusal).map(paragraph))
  if (refusal.code === 'no_sign_in') problem?.append(link('/sign-in', word('toSignIn')))

  if (reopened.has(refusal.code)) problem?.append(link(location.pathname, word('reopen')))

  const field = byId<HTMLInputElement>(fields[refusal.code] ?? '')
  field?.setAttribute('aria-invalid', 'true')
  field?.select()
  ;(field ?? problem)?.focus()
}

function sentences({ code, detail, triesLeft, retryAfterSeconds, requestId }: Refusal): string[] {
  const said = [detail]
  if (triesLeft !== undefined) said.push(word('triesLeft', { n: triesLeft }))
  if (retryAfterSeconds !== undefined) said.push(waitWords(retryAfterSeconds))
  if (code === 'internal_error' && requestId) said.push(word('requestId', { id: requestId }))
  return said
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return word('waitSeconds', { n: seconds })
  if (seconds <= 90 * 60) return word('waitMinutes', { n: Math.ceil(seconds / 60) })
  return word('waitHours', { n: Math.ceil(seconds / 3600) })
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
