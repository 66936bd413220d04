import { phoneOnline } from '../phone-online.ts'
import type { Texts } from '../texts.ts'

export const rehearsal: Texts['rehearsal'] = {
  button: 'Try it now',
  buttonName: (passkey) => `Try it now: ${passkey}`,
  nextTitle: 'Try it once',
  next: 'Try it now, so that there are no surprises tomorrow morning. You stay signed in.',
}

export const rehearsalWords: Texts['browser']['rehearsal'] = {
  rehearsedHere: 'It works. Tomorrow you can sign in on this device in the same way.',
  rehearsedHereByEmail: 'It works. This passkey will work on this device tomorrow, too.',
  rehearsedByPhone: `It works. To use it on this device tomorrow you will need your phone again. Turn Bluetooth on on the phone and on this computer, and scan the QR code. ${phoneOnline.en}`,
  rehearsedByKey:
    'It works. To use it on this device tomorrow you will need the same security key. Keep it at hand.',
  rehearsedByOther:
    'It works. To use it on this device tomorrow you will need the other device that you have just used. Charge it, and check that it is online.',
  rehearsedByEmail:
    'At present you sign in with a code by e-mail. To sign in with a passkey, press “Change method”.',
  rehearsedNow: 'Last used: just now',
  notAllowed:
    'This is not confirmed yet. The dialog seems to have been closed, or the passkey was not found.',
  timedOut: 'This is not confirmed, as the time ran out.',
  atOnce:
    'This is not confirmed yet. The passkey seems not to be on this device, or the device could not verify you.',
  invalidState: 'This device cannot use the passkey in its present state.',
  constraint:
    'This device seems unable to verify you with a screen lock (PIN, fingerprint or face).',
  notSupported: 'This browser or device seems not to support this kind of passkey.',
  unknownPasskey:
    'The passkey that was used is not registered for this account. It may have been removed, or belong to another account. If you did not expect this, please contact customer support.',
  tonightHere:
    'Check that the screen lock of this device works (PIN, fingerprint or face), and press “Try it now” again. If it does not work, register another device tonight with “Register a passkey”.',
  tonightPhone:
    'Have your phone at hand. Check that Bluetooth is on on the phone and on this computer and that the phone is online, and press “Try it now” again. If it does not work, register this computer tonight with “Register a passkey”.',
  tonightKey:
    'Plug the security key in, and press “Try it now” again. If it does not work, register this device tonight with “Register a passkey”.',
  tonightOther:
    'This passkey seems to work only on the device where it was registered. Sign in on that device and press “Try it now” there, or register this device tonight with “Register a passkey”.',
  stillSignedIn: 'You are still signed in.',
}
