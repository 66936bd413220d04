// Tells the browser which passkeys are good, so that dead ones disappear from the person's managers.
import { sendSignal } from '@simplewebauthn/browser'
import type { AnswerOf } from '../../frame/action.ts'
import type { showPasskeys } from '../portal/passkey-routes.ts'
import { abortAfter } from './abort-after.ts'
import { call } from './api.ts'

const lock = 'sekisho.passkeys'

/** How long a ceremony waits for a list that another tab is just sending, and a person for a list. */
const longestWait = 1000

/**
 * Sends the list of the account's passkeys, fetched in this moment. Never while a tab of ours is in a
 * ceremony: a passkey that is being made is not on the list yet, and would be thrown away. A courtesy,
 * so failures are ignored.
 */
export async function signalPasskeys(): Promise<void> {
  const send = async () => {
    const { signal } = await call<AnswerOf<typeof showPasskeys>>('GET', '/api/passkeys')
    await sendSignal({
      signalName: 'allAcceptedCredentials',
      rpID: signal.rpId,
      userID: signal.userId,
      allAcceptedCredentialIDs: signal.credentialIds,
    })
  }
  try {
    await navigator.locks.request(lock, { ifAvailable: true }, async (got) => got && send())
  } catch {
    // The browser may not know signals.
  }
}

/** Sends the list before the browser leaves for a page that does not; never holds it up for long. */
export async function signalBeforeLeaving(address: string): Promise<void> {
  if (address === '/portal') return
  await Promise.race([signalPasskeys(), new Promise((resolve) => setTimeout(resolve, longestWait))])
}

/** Tells the browser to forget a passkey that the server does not know. */
export async function signalUnknown(rpID: string, credentialID: string): Promise<void> {
  await sendSignal({ signalName: 'unknownCredential', rpID, credentialID }).catch(() => undefined)
}

/** Does `work` while no tab sends a list; several ceremonies may go on side by side. */
export async function duringCeremony<T>(work: () => Promise<T>): Promise<T> {
  const release = await holdLock()
  try {
    return await work()
  } finally {
    release()
  }
}

/** The lock is for the passkey's sake, so a browser that does not give it holds nobody up. */
function holdLock(): Promise<() => void> {
  return new Promise((resolve) => {
    const request = async () =>
      navigator.locks.request(
        lock,
        { mode: 'shared', signal: abortAfter(longestWait) },
        () => new Promise<void>(resolve),
      )
    request().catch(() => resolve(() => undefined))
  })
}
