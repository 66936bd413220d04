import { ceremonyLifetime } from '../../limits/passkeys.ts'
import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { facts } from '../environments.ts'
import { inWords } from '../in-words.ts'
import { phoneOnline } from '../phone-online.ts'
import type { Texts } from '../texts.ts'
import { callWords } from './call.ts'
import { changeProofWords } from './change-proof.ts'
import { newPasswordWords } from './new-password.ts'
import { noticesWords } from './notices.ts'
import { ownChangesWords } from './own-changes.ts'
import { recoveryWords } from './recovery.ts'
import { rehearsalWords } from './rehearsal.ts'

export const browser: Texts['browser'] = {
  common: {
    unreachable: 'We could not connect. Check your internet connection and try again.',
    unexpected: 'The server’s answer could not be read. Wait a moment and try again.',
    scriptFailed:
      'A script of this page did not work in your browser. Update the browser and open the page again. If it keeps happening, please try another browser.',
    unloaded:
      'A part of this page could not be loaded. Check your internet connection and reload the page.',
    working: 'Sending. Please wait a moment.',
    errorCode: 'Error code: {code}',
    requestId: 'Reference number: {id}',
    triesLeft: 'Tries left: {n}.',
    noTriesLeft: 'There were too many wrong entries. Please start again by signing in.',
    waitSeconds: 'You can try again in about {n} sec.',
    waitMinutes: 'You can try again in about {n} min.',
    waitHours: 'You can try again in about {n} h.',
    waitOver: 'You can try again now.',
    toSignIn: 'To the sign-in page',
    reopen: 'Open this page again',
  },
  password: {
    wide: 'The password holds full-width characters. Turn Japanese input off and type it in half width.',
    blank: 'The password begins or ends with a blank.',
    capsLock: 'Caps Lock is on: letters are typed as capitals.',
    anyway: 'If the password is right as it is, press “Sign in” again.',
    mendWide: 'Change to half width',
    mendBlank: 'Remove the blank',
  },
  code: {
    format: 'Enter six digits.',
    remaining: '{m} min {s} sec',
    minutesLeft: 'The code is valid for another {m} min.',
    secondsLeft: 'The code is valid for another {s} sec.',
    expired: 'The code has expired. Press “Send a new code”.',
    soon: 'The code expires soon. You can send a new one; your input is kept.',
    resendIn: 'A new code can be sent in {s} sec.',
    resent: 'A new code was made. Enter the six digits in the e-mail that arrives.',
    sending: 'Sending.',
    mailTaken: 'Taken by the mail server at {time}.',
    mailSlow: 'The mail server has not taken it yet. It may take a while to arrive.',
    mailRefused:
      'The mail server has refused it. Check that your registered e-mail address is still in use and its mailbox is not full. If it is not in use any more, please contact customer support.',
  },
  dialog: {
    open: `Your browser’s passkey window is open. Follow it within ${inWords(ceremonyLifetime, 'en')}.`,
    checking: 'Verifying.',
    stopped: 'You have stopped this step. Try again when you are ready.',
    unsupported: `${facts.browser.none.says.en} If this is a company device that does not allow them, please ask its administrator.`,
    security:
      'Passkeys cannot be used at this address. Open the page from our official site or from your bookmark, and check the address. If the page looks strange to you, please contact customer support.',
    pending: 'A dialog is still open in another tab or window. Close it there, and try again here.',
    trouble:
      'Your device or password manager could not complete this. Check the screen lock of the device, wait a little and try again. If it keeps happening, use another device or ask its maker.',
    unreadable:
      'The place where your device keeps passkeys could not be read or written. Restart the device, or plug the security key in again, and try again. If it keeps happening, ask the maker of the device.',
    fault:
      'Your browser could not open its passkey window. Update the browser and try again. If it keeps happening, please contact customer support.',
    unexpectedDialog:
      'The dialog could not be opened. Reload the page and try again. If this keeps happening, please contact customer support.',
  },
  get: {
    notAllowed:
      'You are not verified yet. The dialog seems to have been closed, or the chosen passkey was not found on this device. Press “Verify” again, or choose another passkey.',
    timedOut:
      'The time ran out before you were verified. Have your device at hand and press “Verify” again.',
    atOnce:
      'You are not verified yet. The chosen passkey seems not to be on this device, or the device could not verify you. Check which device holds the passkey, and its screen lock, and press “Verify” again.',
    invalidState:
      'The chosen passkey cannot be used in the present state of this device. Unlock the device and try again, or choose another passkey.',
    constraint:
      'This device cannot verify you with a screen lock (PIN, fingerprint or face). Turn the screen lock on in its settings, or choose another passkey.',
    notSupported:
      'This browser or device does not support the chosen kind of passkey. Try a recent browser, or choose another passkey.',
    unknownPasskey:
      'The passkey that was used is not registered for this account. It may have been removed, or belong to another account. Choose another one from the list. If you did not expect this, please contact customer support.',
  },
  create: {
    notAllowed:
      'The passkey is not registered yet. The dialog seems to have been closed, or the device is not ready. Look at the drawings and press “Register” again.',
    timedOut:
      'The time ran out before the passkey was registered. Have your device at hand and press “Register” again.',
    atOnce:
      'The passkey is not registered yet. This device seems to have no screen lock, or could not verify you. Check that the device is ready and press “Register” again, or choose another device.',
    invalidState:
      'A passkey is registered there already. Use the one you have, or choose another device.',
    constraint:
      'This device seems to have no screen lock (PIN, fingerprint or face). Set up Windows Hello or the like, and try again. The maker’s official site explains how.',
    notSupported:
      'This device or security key cannot make a passkey that we can use. Please choose another device.',
    nameEmpty: 'Enter a passkey name.',
    minutesLeft: '{m} min left. Press “Register” before then.',
    secondsLeft: '{s} sec left. Press “Register” before then.',
    expired: 'The time to register is over. Please confirm an e-mail code again.',
    remaining: '{m} min {s} sec left (press “Register” before then)',
    soon: 'The time to register is nearly over. If it runs out, the name you typed is kept.',
  },
  check: {
    detected: 'Your device: {device}',
    checkReady: 'Works',
    checkMissing: 'Needs setting up',
    checkUnknown: 'Please check',
    checkBluetooth: 'Turn on Bluetooth',
    checkUnable: 'Does not work',
    lockUnknown: 'Please check that a screen lock (face, fingerprint or PIN) is set up.',
    bluetoothReady: `Works with a QR code. Turn Bluetooth on, on this computer and on the phone. ${phoneOnline.en}`,
    bluetoothMissing:
      'No Bluetooth was found on this computer. Turn it on; if the computer has none, choose “This computer”.',
    bluetoothUnknown:
      'Your browser does not say whether this computer has Bluetooth. Turn it on, on the computer and on the phone.',
  },
  newPassword: newPasswordWords,
  recovery: recoveryWords,
  changeProof: changeProofWords,
  ownChanges: ownChangesWords,
  notices: noticesWords,
  rehearsal: rehearsalWords,
  call: callWords,
  secondFactor: {
    same: 'This method is in use already.',
    none: 'To change to passkeys, please register one first.',
    notAllowed:
      'Nothing was changed. The dialog may have been closed, the time may have run out, or the chosen passkey was not found on this device. Try again when you are ready.',
  },
  session: {
    idleText: `For your safety you are signed out after ${inWords(idleLifetime, 'en')} without activity. To go on, press “Stay signed in”. What you have entered stays.`,
    lastText: `You are signed out ${inWords(longestLifetime, 'en')} after you signed in, and this time cannot be extended. To go on, finish what you are doing and sign in again.`,
    endsIn: '{m} min {s} s left',
    overIdle: `You were signed out after ${inWords(idleLifetime, 'en')} without activity.`,
    overLongest: `You were signed out, as ${inWords(longestLifetime, 'en')} have passed since you signed in.`,
    overSignedOut: 'You signed out in another tab of this browser.',
    overReplaced: 'A new sign-in was made in another tab of this browser.',
  },
  portal: {
    sessionEnded: 'The device was signed out.',
    othersEnded: 'All other devices were signed out.',
    browserForgotten: 'The browser was forgotten.',
    applicationEnded: 'The application was disconnected.',
  },
}
