// How the console's pages show what became of an action: the title, what happened, what to do, how long to wait.
import type { Refusal } from '../../frame/web/api.ts'
import { showOutcomesBy } from '../../frame/web/form.ts'
import { stopWaitNote, waitNote } from '../../frame/web/wait-note.ts'
import { wordOf } from '../../frame/web/words.ts'
import { word } from './words.ts'

export { act, byId, leave, say, Stopped } from '../../frame/web/form.ts'

/** Refusals that are about one field. */
const fields: Readonly<Record<string, string>> = {
  code_wrong: 'code',
  code_format: 'code',
  search_short: 'search',
}

/** Refusals after which the page, loaded again, shows how things stand. */
const reopened: ReadonlySet<string> = new Set([
  ...['request_closed', 'start_again', 'no_such_passkey', 'not_allowed'],
])

showOutcomesBy({
  describe,
  fieldOf: ({ code }) => fields[code],
  afterStopped: () => [],
  leadsTo: () => null,
  clear: stopWaitNote,
})

function describe(refusal: Refusal): HTMLElement[] {
  const { code, title, detail, retryAfterSeconds, requestId } = refusal
  const { missing } = refusal as Refusal & { missing?: string[] }
  const lines = [paragraph(detail)]
  if (title) lines.unshift(heading(title))
  for (const { message, path } of faultsOf(refusal)) lines.push(paragraph(`${path}: ${message}`))
  if (missing) lines.push(paragraph(word('missing', { names: missing.map(checkName).join('、') })))
  if (retryAfterSeconds !== undefined) lines.push(waitNote(retryAfterSeconds))
  if (code === 'internal_error' && requestId) {
    lines.push(paragraph(word('requestId', { id: requestId })))
  }
  if (reopened.has(code)) lines.push(link(location.pathname + location.search, word('reopen')))
  return lines
}

function checkName(check: string): string {
  return wordOf(`check_${check}`) || check
}

/** What of an `invalid_request` did not fit, with the words of the field where the page has it. */
function faultsOf(refusal: Refusal): { path: string; message: string }[] {
  const { errors = [] } = refusal as Refusal & { errors?: { path: string; message: string }[] }
  return errors
    .filter(({ path }) => path !== '')
    .map(({ path, message }) => {
      const field = document.querySelector(`[name="${CSS.escape(path)}"]`)
      const label = field?.id
        ? document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
        : null
      return { path: label?.textContent?.trim() ?? path, message }
    })
}

function heading(text: string): HTMLElement {
  const element = paragraph('')
  element.append(Object.assign(document.createElement('strong'), { textContent: text }))
  return element
}

function paragraph(text: string): HTMLElement {
  return Object.assign(document.createElement('p'), { textContent: text })
}

function link(href: string, textContent: string): HTMLElement {
  return Object.assign(document.createElement('a'), { href, textContent })
}
