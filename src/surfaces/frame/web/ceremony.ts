// What goes on around a ceremony: lists of passkeys wait for it, and the browser learns of unknown ones.
import { sendSignal } from '@simplewebauthn/browser'
import { abortAfter } from './abort-after.ts'

/** Held alone by a tab that sends a list of passkeys, and shared by ceremonies. */
export const passkeysLock = 'sekisho.passkeys'

/** The longest wait of a ceremony for another tab's list. */
const longestWait = 1000

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

/** The lock only protects the new passkey, so a ceremony goes on without it after `longestWait`. */
function holdLock(): Promise<() => void> {
  return new Promise((resolve) => {
    const request = async () =>
      navigator.locks.request(
        passkeysLock,
        { mode: 'shared', signal: abortAfter(longestWait) },
        () => new Promise<void>(resolve),
      )
    request().catch(() => resolve(() => undefined))
  })
}
