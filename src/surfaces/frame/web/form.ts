// Runs one action of a page at a time, and shows its outcome.
import { Refused, type Refusal } from './api.ts'
import { stopWaitNote } from './wait-note.ts'
import { word } from './words.ts'

/** Not an error: the person stopped, and the page says calmly where things stand. */
export class Stopped extends Error {
  /** The name of what was said, where the person may want to look it up. */
  readonly code: string | null

  constructor(message: string, code: string | null = null) {
    super(message)
    this.code = code
  }
}

/** How a site shows what became of an action. */
interface Outcomes {
  /** The paragraphs of a refusal. */
  readonly describe: (refusal: Refusal) => readonly HTMLElement[]
  /** The field that a refusal is about: it is marked, selected and gets the focus. */
  readonly fieldOf: (refusal: Refusal) => string | undefined
  /** What stands after the sentence of somebody who stopped. */
  readonly afterStopped: (stopped: Stopped) => readonly HTMLElement[]
  /** The address that a refusal leads to by itself. */
  readonly leadsTo: (refusal: Refusal) => string | null
}

let outcomes: Outcomes | undefined

/** To be called by the site's own form.ts, before anything is done. */
export function showOutcomesBy(site: Outcomes): void {
  outcomes = site
}

/** What is being done: on the page, and in a dialog for which that may wait. */
const busy = new Set<'page' | 'dialog'>()
let leaving = false
let failed: string | null = null

// A page that the back button restores may show a step that is over.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

export function byId<E extends HTMLElement = HTMLElement>(id: string): E | null {
  return document.getElementById(id) as E | null
}

/** The name of the failure that the page has shown last. */
export function lastFailure(): string | null {
  return failed
}

interface ActOptions {
  /** Whether what the page says stays: this is about it, and not in place of it. */
  readonly keeps?: boolean
}

/**
 * Does `work` when the form is sent or the button is pressed, and shows a refusal. What was pressed
 * before this script came (early.ts) is done at once.
 */
export function act(
  trigger: HTMLElement | null,
  work: () => Promise<unknown>,
  { keeps = false }: ActOptions = {},
): void {
  if (!trigger) return
  const button =
    trigger instanceof HTMLFormElement
      ? trigger.querySelector<HTMLButtonElement>('button[type=submit]')
      : (trigger as HTMLButtonElement)
  if (!button) return
  button.disabled = false
  trigger.addEventListener(trigger === button ? 'click' : 'submit', (event) => {
    event.preventDefault()
    if (!busy.has(placeOf(button))) void perform(button, work, keeps)
  })
  if (trigger.dataset['pressed'] === undefined) return
  delete trigger.dataset['pressed']
  // After the rest of the page's script.
  queueMicrotask(() => void perform(button, work, keeps))
}

function placeOf(button: HTMLElement): 'page' | 'dialog' {
  return button.closest('dialog') ? 'dialog' : 'page'
}

async function perform(
  button: HTMLButtonElement,
  work: () => Promise<unknown>,
  keeps: boolean,
): Promise<void> {
  const place = placeOf(button)
  busy.add(place)
  // Not `disabled`, which would lose the focus.
  button.setAttribute('aria-disabled', 'true')
  if (!keeps) clear()
  const slow = setTimeout(() => sayWorking(button), 2000)
  try {
    await work()
  } catch (error) {
    report(error, button)
  } finally {
    clearTimeout(slow)
    if (statusNear(button)?.textContent === word('working')) tell(statusNear(button), '')
    if (!leaving) {
      busy.delete(place)
      button.removeAttribute('aria-disabled')
    }
  }
}

/** Goes to another page; this one stays busy until it is gone. */
export function leave(address: string): void {
  leaving = true
  location.assign(address)
}

/** Loads the page again, as the server decides which stage it shows; `more` tells it what has ended. */
export function nextStage(more: Readonly<Record<string, string>> = {}): void {
  leaving = true
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  const search = query.toString()
  location.replace(location.pathname + (search && `?${search}`))
}

/** Says how things go, without moving the focus; where a dialog is open that says it, there. */
export function say(text: string): void {
  tell(document.querySelector<HTMLElement>('dialog[open] [data-status]') ?? byId('status'), text)
}

/**
 * Within an open dialog the rest of the page can neither be seen nor read, so it has boxes of its own. What is
 * pressed in the header is not about the content, which may have no box.
 */
function problemNear(button: HTMLElement): HTMLElement | null {
  const around = button.closest('dialog, header')
  return around?.querySelector<HTMLElement>('[data-problem]') ?? byId('problem')
}

function statusNear(button: HTMLElement): HTMLElement | null {
  return button.closest('dialog')?.querySelector<HTMLElement>('[data-status]') ?? byId('status')
}

function fieldNear(button: HTMLElement, name: string): HTMLInputElement | null {
  const inDialog = button.closest('dialog')?.querySelector<HTMLInputElement>(`[name="${name}"]`)
  return inDialog ?? byId<HTMLInputElement>(name)
}

function tell(box: HTMLElement | null, text: string): void {
  if (box) box.textContent = text
}

function sayStopped(stopped: Stopped, button: HTMLElement): void {
  const sentence = document.createElement('p')
  sentence.textContent = stopped.message
  statusNear(button)?.replaceChildren(sentence, ...(outcomes?.afterStopped(stopped) ?? []))
}

function sayWorking(button: HTMLElement): void {
  // What waits for a dialog is not what keeps the person waiting.
  if (placeOf(button) === 'page' && document.querySelector('dialog[open]')) return
  if (statusNear(button)?.textContent === '') tell(statusNear(button), word('working'))
}

function clear(): void {
  failed = null
  say('')
  stopWaitNote()
  for (const box of document.querySelectorAll('#problem, [data-problem], [data-status]')) {
    box.replaceChildren()
  }
  for (const field of document.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
  }
}

function report(error: unknown, button: HTMLButtonElement): void {
  tell(statusNear(button), '')
  if (error instanceof Stopped) {
    failed = error.code
    sayStopped(error, button)
    // The button to stop has gone, and the person may want to try again.
    return button.focus()
  }
  if (error instanceof Refused) {
    failed = error.refusal.code
    return refuse(error.refusal, button)
  }
  // A fault of this script: faults of the server and the connection are Refused.
  failed = 'scriptFailed'
  refuse({ code: 'script_failed', detail: word('scriptFailed') }, button)
  throw error
}

function refuse(refusal: Refusal, button: HTMLElement): void {
  const address = outcomes?.leadsTo(refusal) ?? null
  if (address !== null) return leave(address)
  const problem = problemNear(button)
  const name = outcomes?.fieldOf(refusal)
  const field = name === undefined ? null : fieldNear(button, name)
  // The field is described by the problem: as an alert it would be read a second time.
  if (field) problem?.removeAttribute('role')
  else problem?.setAttribute('role', 'alert')
  problem?.replaceChildren(...(outcomes?.describe(refusal) ?? []))
  field?.setAttribute('aria-invalid', 'true')
  field?.select()
  ;(field ?? problem)?.focus()
  // One that has the focus already would not come into view.
  field?.scrollIntoView({ block: 'nearest' })
}
