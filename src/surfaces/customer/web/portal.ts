// The portal's home: sign out, begin a registration, end other sessions.
import { call, Refused } from '../../frame/web/api.ts'
import './call-check.ts'
import { withChangeProof } from './change-proof.ts'
import { act, byId, leave, say } from './form.ts'
import { showOffer } from './offer.ts'
import { startRehearsals } from './rehearsal.ts'
import './session-watch.ts'
import { signalPasskeys } from './signal.ts'
import './stop.ts'
import { word, type Word } from './words.ts'

const registration = '/portal/passkeys/new'

for (const id of ['register', 'offer-accept']) act(byId(id), register)

startRehearsals()
void showOffer()
void signalPasskeys()

async function register(): Promise<void> {
  try {
    await call('POST', '/api/passkeys/email-code')
  } catch (error) {
    if (!(error instanceof Refused && goesOn(error))) throw error
  }
  leave(registration + location.search)
}

endFromList('session', '/api/sessions', 'sessionEnded')
endFromList('browser', '/api/browsers', 'browserForgotten')
endFromList('application', '/api/applications', 'applicationEnded')

const endOthers = byId('end-others')
act(endOthers, async () => {
  await withChangeProof(() => call('DELETE', '/api/sessions'))
  for (const button of document.querySelectorAll('button[data-session]')) takeAway(button)
  endOthers?.remove()
  sayDone('session', 'othersEnded')
})

type Kind = 'session' | 'browser' | 'application'

/** Each button `data-KIND` of a list ends what its row shows, and removes the row. */
function endFromList(kind: Kind, path: string, done: Word): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(`button[data-${kind}]`)) {
    act(button, async () => {
      const address = `${path}/${encodeURIComponent(button.dataset[kind] ?? '')}`
      await withChangeProof(() => call('DELETE', address))
      takeAway(button)
      if (!document.querySelector('button[data-session]')) endOthers?.remove()
      sayDone(kind, done)
    })
  }
}

function takeAway(button: Element): void {
  button.closest('li')?.remove()
}

/** The row that had the focus is gone. */
function sayDone(kind: Kind, done: Word): void {
  byId(`${kind}s-title`)?.focus()
  say(word(done))
}

/** The registration page asks for the missing step; a short wait means that a code was just sent. */
function goesOn({ refusal }: Refused): boolean {
  if (refusal.code === 'too_many_codes') return (refusal.retryAfterSeconds ?? Infinity) <= 30
  return refusal.code === 'passkey_needed' || refusal.code === 'sign_in_again'
}
