// Tells the browser which passkeys are live, so that password managers drop the others.
import { sendSignal } from '@simplewebauthn/browser'
import type { AnswerOf } from '../../frame/action.ts'
import { call } from '../../frame/web/api.ts'
import { passkeysLock } from '../../frame/web/ceremony.ts'
import type { showPasskeys } from '../portal/passkeys/routes.ts'

/** The longest wait of a person for a list. */
const longestWait = 1000

/**
 * Sends the list of the account's passkeys and the holder's names, freshly fetched. Never while a tab of ours is in a
 * ceremony: the list lacks a passkey that is being made, and the browser would drop it. A courtesy,
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
    await sendSignal({
      signalName: 'currentUserDetails',
      rpID: signal.rpId,
      userID: signal.userId,
      userName: signal.name,
      userDisplayName: signal.displayName,
    })
  }
  try {
    await navigator.locks.request(passkeysLock, { ifAvailable: true }, async (got) => got && send())
  } catch {
    // The browser may not support signals.
  }
}

/** Sends the list before the browser leaves for a page that does not send it; never waits long. */
export async function signalBeforeLeaving(address: string): Promise<void> {
  if (address === '/portal') return
  await Promise.race([signalPasskeys(), new Promise((resolve) => setTimeout(resolve, longestWait))])
}
