import { revealShownFor, shortestNamePrefix } from '../../../limits/desk.ts'
import { ceremonyLifetime } from '../../../limits/passkeys.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

const admins = 'If this keeps happening, tell an admin.'

const unknownPasskey =
  'The passkey that was used is not enrolled. It was replaced by a newer enrolment code, or it is somebody else’s. Choose your present one, or tell an admin.'

export const browser: ConsoleTexts['browser'] = {
  common: {
    unreachable: 'We could not connect to the server. Check the network, then press again.',
    unexpected:
      'The answer of the server could not be read. Wait a little, then press again. If this keeps happening, tell those who run the system.',
    scriptFailed:
      'The program of this page failed. Load the page again. If this keeps happening, tell those who run the system.',
    unloaded:
      'A part of this page could not be loaded. Check the network, then load the page again.',
    working: 'Sending. Please wait.',
    errorCode: 'Error code: {code}',
    requestId: 'Reference number: {id}',
    waitSeconds: 'You can do this again in about {n} seconds.',
    waitMinutes: 'You can do this again in about {n} minutes.',
    waitHours: 'You can do this again in about {n} hours.',
    waitOver: 'You can do this again now.',
    toSignIn: 'To the sign-in',
    reopen: 'Open the page again',
    signedOut: 'You were signed out.',
    endsIn: '{m} min {s} s',
    overIdle: 'You were signed out because nothing was done here.',
    overLongest: 'You were signed out because a session ends after its longest time.',
    backIn: 'You are signed in again. Go on from where you were.',
    otherOperator:
      'Somebody else is signed in now. What was typed here is gone; open the page again.',
  },
  dialog: {
    open: `The passkey dialog is open. Follow it within ${inWords(ceremonyLifetime, 'en')}.`,
    checking: 'Checking.',
    stopped: 'You stopped. Nothing was sent.',
    unsupported:
      'This browser cannot use passkeys. Open this page in a current Chrome, Edge, Firefox or Safari.',
    security: 'Passkeys do not work at this address. Open the right address of the support desk.',
    pending:
      'A passkey dialog is still open in another tab or window. Close it there, then press again.',
    trouble: `The device or the password manager could not finish. Check the screen lock of the device, then press again. ${admins}`,
    unreadable: `The place where the device keeps passkeys could not be read or written. Restart the device, or plug the security key in again. ${admins}`,
    fault: `This browser could not open the passkey dialog. Update the browser. ${admins}`,
    unexpectedDialog: `The passkey dialog could not be opened. Load the page again, then press again. ${admins}`,
  },
  get: {
    notAllowed:
      'You are not verified yet. The dialog was closed, or your passkey is not on this device. Press again on the device where you enrolled it.',
    timedOut: 'The dialog was open for too long. Press again.',
    atOnce:
      'The dialog did not open. Your passkey is not on this device, or its screen lock cannot verify you. Press again on the device where you enrolled it.',
    invalidState: 'This device cannot use the passkey now. Unlock it, then press again.',
    constraint:
      'This device cannot verify you by its screen lock (PIN, fingerprint, face). Turn it on in the settings.',
    notSupported:
      'This browser or device does not support your passkey. Use the device where you enrolled it.',
    unknownPasskey,
  },
  create: {
    notAllowed:
      'The passkey was not made. The dialog was closed, or the device is not ready. Press again.',
    timedOut: 'The dialog was open for too long. Press again.',
    atOnce:
      'The dialog did not open. Make sure that the device has a screen lock (PIN, fingerprint, face), then press again.',
    invalidState:
      'This device already holds an operator’s passkey. Use another device or a security key.',
    constraint:
      'This device seems to have no screen lock (PIN, fingerprint, face). Set one up, then press again.',
    notSupported: 'This device cannot make a passkey for the desk. Use another device.',
    unknownPasskey,
  },
  /** For who enrols, in place of what is said where a passkey is added. */
  enrolment: {
    invalidState:
      'Nothing was enrolled: this device already holds an operator’s passkey. If it is your own, delete it from the device’s list of passkeys (its password manager), then press again. Until you have enrolled, a passkey that you lost still works. If it is somebody else’s, use another device.',
  },
  accounts: {
    noneFound:
      'No account matches. Check the login ID, the beginning of the name, or the whole e-mail address.',
    more: 'There are more. Narrow the search.',
    found: '{n} found.',
    tooShort: `Type ${shortestNamePrefix} letters or more.`,
  },
  account: {
    noField: 'Choose what to show.',
    locked: 'The account is locked, and all its sessions have ended.',
    suspended:
      'The passkey is suspended, and all sessions have ended. Whether the account is locked too stands below, under “State”.',
    revealed: `Shown. It is hidden again when you leave this page, or after ${inWords(revealShownFor, 'en')}.`,
    hiddenAgain: 'What was shown is hidden again.',
    noEvents: 'Nothing on record matches.',
  },
  asking: {
    noAct: 'Choose at least one act.',
    noPasskey: 'Choose at least one passkey.',
    missing: 'Not done: {names}',
    incomplete: 'Fill in what you did. {check}: {fields}',
  },
  operators: {
    noTime: 'Enter the time.',
    noRole: 'Choose at least one role.',
  },
  calls: {
    format: 'Type the eight digits.',
    offersNone: 'None. Say the sentences above.',
    seesPage: 'Page',
    seesStep: 'State',
    seesDevice: 'Device',
    seesFailure: 'Error',
    seesPasskeys: 'Passkeys',
    seesUntil: 'Number ends',
    stepOpen: 'under way',
    stepOver: 'over',
  },
}
