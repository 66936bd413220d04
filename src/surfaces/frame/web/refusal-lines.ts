// The lines of a refusal that every site shows alike: the title, what happened, how long to wait, and the request.
import type { Refusal } from './api.ts'
import { waitNote } from './wait-note.ts'
import { word } from './words.ts'

/** `details` says what happened; a wait counts down until `stopWaitNote`. */
export function refusalLines(
  { code, title, retryAfterSeconds, requestId }: Refusal,
  details: readonly string[],
): HTMLElement[] {
  const lines = details.map(paragraph)
  if (title) lines.unshift(heading(title))
  if (retryAfterSeconds !== undefined) lines.push(waitNote(retryAfterSeconds))
  if (code === 'internal_error' && requestId)
    lines.push(paragraph(word('requestId', { id: requestId })))
  return lines
}

export function linkTo(href: string, textContent: string): HTMLElement {
  return Object.assign(document.createElement('a'), { href, textContent })
}

function heading(text: string): HTMLElement {
  const element = paragraph('')
  element.append(Object.assign(document.createElement('strong'), { textContent: text }))
  return element
}

function paragraph(textContent: string): HTMLElement {
  return Object.assign(document.createElement('p'), { textContent })
}
