import { sendSignal } from '@simplewebauthn/browser'
import { call } from './api.ts'

interface Accepted {
  readonly signal: { rpId: string; userId: string; credentialIds: string[] }
}

/** Tells the browser which passkeys the account has now; a courtesy, so failures are ignored. */
export async function signalPasskeys(): Promise<void> {
  try {
    const { signal } = await call<Accepted>('GET', '/api/passkeys')
    await sendSignal({
      signalName: 'allAcceptedCredentials',
      rpID: signal.rpId,
      userID: signal.userId,
      allAcceptedCredentialIDs: signal.credentialIds,
    })
  } catch {
    // The browser may not know signals.
  }
}
