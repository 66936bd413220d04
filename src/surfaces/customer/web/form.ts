// How the customers' pages show what became of an action.
import type { Refusal } from '../../frame/web/api.ts'
import { showOutcomesBy } from '../../frame/web/form.ts'
import { errorCodeLine } from './error-code.ts'
import { describeRefusal, isTriedOut } from './refusal.ts'

export { act, byId, lastFailure, leave, nextStage, say, Stopped } from '../../frame/web/form.ts'

/** Refusals that are about one field. */
const fields: Readonly<Record<string, string>> = {
  sign_in_refused: 'password',
  code_wrong: 'code',
  code_format: 'code',
  activation_refused: 'activation-code',
  name_taken: 'name',
  name_not_allowed: 'name',
  password_not_allowed: 'new-password',
  password_wrong: 'password',
  email_format: 'email',
}

function fieldOf({ code, field }: Refusal): string | undefined {
  return field === 'oldCode' ? 'old-code' : fields[code]
}

/** A sign-in has a page for each step; an attempt to set a password one page for all. */
function stepAt(step: string): string {
  return document.getElementById('recovery') ? location.pathname : `/sign-in/${step}`
}

showOutcomesBy({
  describe: describeRefusal,
  fieldOf: (refusal) => (isTriedOut(refusal) ? undefined : fieldOf(refusal)),
  afterStopped: ({ code }) => (code === null ? [] : [errorCodeLine(code)]),
  leadsTo: ({ code, step }) => (code === 'wrong_step' && step ? stepAt(step) : null),
})
