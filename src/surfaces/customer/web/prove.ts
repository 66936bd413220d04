// Uses the passkey that a form's list has selected. After two failures the page says which other way there
// is, and the server is told which passkey gave no answer, so that this browser selects another one.
import { call, Refused } from '../../frame/web/api.ts'
import { usePasskey, type Used } from '../../frame/web/dialog.ts'
import { byId, Stopped } from './form.ts'

const failuresUntilAdvice = 2
let failures = 0

/** The passkey whose dialog failed last, and how often in a row. */
const dialogs = { passkeyId: '', failures: 0 }

/** Ends of a dialog that speak against the passkey in this browser; what else fails is not its fault. */
const ofPasskey: ReadonlySet<string | null> = new Set([
  ...['notAllowed', 'timedOut', 'atOnce', 'invalidState'],
  ...['constraint', 'notSupported', 'trouble', 'unreadable'],
])

type Prover = '/api/sign-in/passkey' | '/api/session/passkey' | '/api/forgotten/password/passkey'

/** Proves the sign-in or session with the selected passkey; `body` names the purpose, where there are several. */
export async function prove<Answer>(
  prover: Prover,
  form: HTMLFormElement,
  body: object = {},
): Promise<Used<Answer>> {
  const passkeyId = String(new FormData(form).get('passkeyId') ?? '')
  const addresses = { options: `${prover}/options`, answer: prover }
  return noteFailures(prover, passkeyId, () => usePasskey(addresses, { ...body, passkeyId }))
}

/** Does `work` with a passkey, and counts how often it fails. */
export async function noteFailures<T>(
  prover: Prover,
  passkeyId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = codeOf(error)
    if (code !== null && ++failures >= failuresUntilAdvice) {
      byId('other-way')?.removeAttribute('hidden')
    }
    if (isOfPasskey(error)) tellSecond(prover, passkeyId)
    throw error
  }
}

/** Whether the browser itself gave the passkey up; what the server judges it knows already. */
export function isOfPasskey(error: unknown): boolean {
  return ofPasskey.has(codeOf(error))
}

/** Null where the person stopped by a button of ours. */
function codeOf(error: unknown): string | null {
  if (error instanceof Stopped) return error.code
  return error instanceof Refused ? error.refusal.code : ''
}

/** Tells the second failure of a passkey in a row: one alone may be a dialog that was closed by mistake. */
function tellSecond(prover: Prover, passkeyId: string): void {
  dialogs.failures = dialogs.passkeyId === passkeyId ? dialogs.failures + 1 : 1
  dialogs.passkeyId = passkeyId
  if (dialogs.failures !== 2) return
  // A courtesy, of which nothing depends.
  void call('POST', `${prover}/failure`, { passkeyId }).catch(() => undefined)
}
