// The fresh proof before a change, in the dialog of src/surfaces/parts/change-proof.ts over the page.
import { call, Refused } from '../../frame/web/api.ts'
import { act, byId, say, Stopped } from './form.ts'
import { prove } from './prove.ts'
import { holdsCode } from './typed-code.ts'
import { word } from './words.ts'

const dialog = byId<HTMLDialogElement>('change-proof')
const form = byId<HTMLFormElement>('change-proof-form')
const field = byId<HTMLInputElement>('proof-code')

/** The action that waits for the proof. */
let waiting: { readonly proven: () => void; readonly stopped: (why: Stopped) => void } | undefined

/**
 * Does `work`; where the server asks for a fresh proof first, asks the person for it and does it again. What was
 * typed stays. Throws Stopped where the person stops.
 */
export async function withChangeProof<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!dialog || !isRefusal(error, 'proof_needed')) throw error
    await proveIn(dialog)
    return work()
  }
}

/** Does `work` after a new proof, which the session's last one does not replace. */
export async function withNewProof<T>(work: () => Promise<T>): Promise<T> {
  if (dialog) await proveIn(dialog)
  return work()
}

async function proveIn(open: HTMLDialogElement): Promise<void> {
  if (field) await sendCode()
  const proof = new Promise<void>((proven, stopped) => (waiting = { proven, stopped }))
  open.showModal()
  if (field) field.focus()
  // With one passkey there is nothing to choose.
  else if (form?.querySelectorAll('[name=passkeyId]').length === 1) form.requestSubmit()
  await proof
}

/** A code that was sent just now is not there yet, and is good all the same. */
async function sendCode(): Promise<void> {
  try {
    await call('POST', '/api/session/email-code')
  } catch (error) {
    const isFresh =
      isRefusal(error, 'too_many_codes') && (error.refusal.retryAfterSeconds ?? 99) <= 30
    if (!isFresh) throw error
  }
}

act(form, async () => {
  if (field) await sendTyped(field)
  else if (form) await prove('/api/session/passkey', form, { purpose: 'change' })
  waiting?.proven()
  dialog?.close()
})

async function sendTyped({ value: code }: HTMLInputElement): Promise<void> {
  if (!holdsCode(code)) throw new Refused({ code: 'code_format', detail: word('format') })
  await call('POST', '/api/session/email-code/verify', { code })
  if (field) field.value = ''
}

act(byId('change-proof-resend'), async () => {
  await call('POST', '/api/session/email-code')
  say(word('resent'))
  field?.focus()
})

byId('change-proof-cancel')?.addEventListener('click', () => dialog?.close())
// Also by the Escape key; after a proof nothing waits any more.
dialog?.addEventListener('close', () => waiting?.stopped(new Stopped(word('cancelled'))))

function isRefusal(error: unknown, code: string): error is Refused {
  return error instanceof Refused && error.refusal.code === code
}
