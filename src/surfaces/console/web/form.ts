// How the console's pages show what became of an action: the title, what happened, what to do, how long to wait.
import type { Refusal } from '../../frame/web/api.ts'
import { showOutcomesBy } from '../../frame/web/form.ts'
import { linkTo, refusalLines } from '../../frame/web/refusal-lines.ts'
import { wordOf } from '../../frame/web/words.ts'
import { listed, word } from './words.ts'

export { act, byId, leave, say } from '../../frame/web/form.ts'

/** Refusals that are about one field. */
const fields: Readonly<Record<string, string>> = {
  code_wrong: 'code',
  code_format: 'code',
  search_short: 'search',
}

/** Refusals after which the page, loaded again, shows how things stand. */
const reopened: ReadonlySet<string> = new Set([
  'request_closed',
  'start_again',
  'no_such_passkey',
  'not_allowed',
])

/** The id in the page's address: /accounts/ID, /requests/ID. */
export const idOfPage = location.pathname.split('/')[2] ?? ''

/** What was typed or chosen in a field of a form. */
export function valueOf(form: HTMLFormElement | null, name: string): string {
  return String(new FormData(form ?? undefined).get(name) ?? '').trim()
}

showOutcomesBy({
  describe,
  fieldOf: ({ code, field }) => (code === 'check_incomplete' ? field : fields[code]),
  afterStopped: () => [],
  leadsTo: () => null,
})

function describe(refusal: Refusal): HTMLElement[] {
  const { missing, why } = refusal as Refusal & { missing?: string[]; why?: string }
  const details = [refusal.detail]
  // One that has a reason says in words what does not fit.
  const faults = why === undefined ? faultsOf(refusal) : []
  for (const { message, path } of faults) details.push(`${path}: ${message}`)
  if (missing) details.push(word('missing', { names: listed(missing.map(checkName)) }))
  const lines = refusalLines(refusal, details)
  const here = location.pathname + location.search
  return reopened.has(refusal.code) ? [...lines, linkTo(here, word('reopen'))] : lines
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
