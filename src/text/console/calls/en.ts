import { wrongCallNumbers } from '../../../limits/calls.ts'
import { inWords } from '../../in-words.ts'
import type { CallTexts } from './calls-texts.ts'
import { recovery } from './recovery-en.ts'

export const en: CallTexts = {
  refusals: {
    not_found: {
      title: 'There is no such call number',
      detail: 'Ask for the number once more, or have the caller show a new one.',
    },
    too_many_attempts: {
      title: 'Too many wrong call numbers',
      detail: `After ${wrongCallNumbers.failures} wrong numbers within ${inWords(wrongCallNumbers.window, 'en')} you cannot look any up for the rest of that time. Ask for the number again, and enter it then. If it is urgent, ask a colleague to do this.`,
    },
  },
  pages: {
    'sign-in': 'the sign-in page',
    forgotten: 'the page for a forgotten login ID or password',
    'forgotten-code': 'a forgotten password: the code by e-mail',
    'forgotten-passkey': 'a forgotten password: the passkey',
    'forgotten-support': 'a forgotten password: an activation code is needed',
    activation: 'the entry of an activation code',
    'activation-code': 'after an activation code: the code by e-mail',
    'new-password': 'the new password',
    application: 'a request of an application that cannot be met',
    'email-code': 'the second factor, by e-mail',
    passkey: 'the second factor, by passkey',
    registration: 'the registration of a passkey',
    'second-factor': 'the choice of the second factor',
    'step-up': 'a proof that an application asks for',
    portal: 'the security settings',
    pending: 'the cancellation of what waits for the account',
  },
  tries: {
    password: 'the password was wrong',
    waiting: 'it came during a wait after wrong entries',
    locked: 'the account was locked',
    'changed meanwhile': 'the account changed in the meantime',
    'too many codes': 'too many codes had been sent',
    digits: 'in a check by telephone, the digits did not match',
    denied: 'in a check by telephone, the answer was “I did not call”',
  },
  causes: {
    inApp: {
      cause: 'The page is open inside another app, in which passkeys do not work.',
      say: [
        'Passkeys do not work on a page that is open inside another app.',
        'Please copy the address of the page and open it in a browser such as Chrome or Safari.',
        'If it does not work there either, tell me, and we will continue from there.',
      ],
    },
    unsupported: {
      cause: 'The browser does not support passkeys.',
      say: [
        'Your browser does not seem to support passkeys.',
        'Please update it, or open the page in Chrome, Edge or Safari.',
        'If you cannot change it, as on a computer at work, use the browser of your phone.',
      ],
    },
    notFound: {
      cause: 'The dialog was closed, or the chosen passkey is not on this device.',
      say: [
        'The passkey that you chose does not seem to be on the device in front of you.',
        'Please choose one from the list that belongs to a device you have at hand.',
        'If you no longer have that device, we can arrange to remove its passkey once we have checked that it is you.',
      ],
    },
    timedOut: {
      cause: 'The dialog was not finished in time.',
      say: [
        'The time for the step on your device has passed.',
        'Please have the device at hand, and press the button again.',
        'With a phone, make sure that Bluetooth is on before you read the QR code.',
      ],
    },
    screenLock: {
      cause: 'The device has no screen lock (PIN, fingerprint or face).',
      say: [
        'Your device seems to have no screen lock.',
        'Please set a PIN, a fingerprint or your face in its settings, and try again.',
        'If that cannot be done there, use the passkey of another device.',
      ],
    },
    notReady: {
      cause: 'The device cannot use the chosen passkey now, or has one already.',
      say: [
        'The device is not ready to use the passkey that you chose.',
        'Please unlock the device and try again.',
        'If you are registering one, the passkey that is there already will do.',
      ],
    },
    otherWindow: {
      cause: 'A dialog is still open in another tab or window.',
      say: [
        'A dialog is still open in another tab.',
        'Please close it, and press the button again.',
        'If you cannot find it, close the browser and open it again.',
      ],
    },
    wrongSite: {
      cause: 'The address may not be ours. It may be a fake site.',
      say: [
        'The address of the page that you see may not be ours.',
        'Please enter nothing, close it, and come back by our official site or your bookmark.',
        'If you have entered your password there, we can stop sign-ins to your account at once.',
      ],
    },
    deviceTrouble: {
      cause: 'The device or the password manager could not finish.',
      say: [
        'Your device could not finish the step.',
        'Please restart it, make sure that its screen lock works, and try again.',
        'If it keeps happening, use the passkey of another device, or contact the maker of this one.',
      ],
    },
    unknownPasskey: {
      cause: 'The passkey that was used is not one of this account.',
      say: [
        'The passkey that was used is not registered with this account.',
        'Please choose another one from the list.',
        'One that was removed before can be deleted in the settings of your device.',
      ],
    },
    notVerified: {
      cause: 'The passkey’s answer could not be verified: probably another one was used.',
      say: [
        'Another passkey than the chosen one seems to have been used.',
        'Please use the device of the passkey that you chose in the list.',
        'If it keeps happening, choose another passkey from the list.',
      ],
    },
    passwordWrong: {
      cause: 'Login ID and password do not match.',
      say: [
        'The login ID and the password do not match.',
        'Please check capital letters and full-width characters, and enter them again.',
        'If you have forgotten them, use the link on the page. We never take a password by telephone.',
      ],
    },
    tooMany: {
      cause: 'Wrong entries in a row: nothing is accepted for a while.',
      say: [
        'After several wrong entries we accept none for a while, for your safety.',
        'Please try again when the time on the page has passed.',
        'If they were not yours, tell me now.',
      ],
    },
    codeWrong: {
      cause: 'The code does not match.',
      say: [
        'The code that was entered does not match.',
        'Please enter the six digits of the latest mail, just as they are.',
        'We never ask for the code by telephone, so please do not tell it to me.',
      ],
    },
    codeOld: {
      cause: 'The code has expired, or was used already.',
      say: [
        'That code can no longer be used.',
        'Please have a new one sent, and enter the digits that arrive.',
        'Digits of an earlier mail do not work any more.',
      ],
    },
    tooManyCodes: {
      cause: 'Too many codes were sent or were wrong.',
      say: [
        'Many codes were sent in a short time, so you have to wait a little.',
        'Please try again when the time on the page has passed.',
        'If a mail has arrived already, its latest digits may still work.',
      ],
    },
    codesStopped: {
      cause:
        'Too many codes were wrong, and none is taken any more. Waiting does not help: request that the account be unlocked.',
      say: [
        'Because of many wrong codes, we have stopped taking them for safety.',
        'Once we have made sure that it is you, we can arrange for codes to work again.',
        'If you did not enter them yourself, tell us now: somebody may know your password.',
      ],
    },
    connection: {
      cause: 'The connection broke off, or a part of the page did not load.',
      say: [
        'Your connection to the internet seems to have broken off.',
        'Please check it, and load the page again.',
        'If it keeps happening, try another connection or another browser.',
      ],
    },
    over: {
      cause: 'The time of the procedure has passed, or it has ended.',
      say: [
        'The time for this procedure has passed.',
        'Please begin again on the sign-in page.',
        'If you get stuck further on, show a new call number and tell it to me.',
      ],
    },
    changed: {
      cause: 'The passkeys or the second factor changed in the meantime.',
      say: [
        'Your settings changed during the procedure.',
        'Please open the page again and go on from there.',
        'If it was not you who changed them, we can stop sign-ins to your account at once.',
      ],
    },
    nameTaken: {
      cause: 'There is a passkey of that name already.',
      say: [
        'You have a passkey of the same name already.',
        'Please enter another name, and press the button to register.',
        'A name can never be changed, so choose one that tells the device.',
      ],
    },
    alreadyThere: {
      cause: 'This passkey is registered already.',
      say: [
        'A passkey is registered on this device already.',
        'Please use that one as it is.',
        'For one more, please register it on another device.',
      ],
    },
    full: {
      cause: 'The account has as many passkeys as it may have.',
      say: [
        'You have as many passkeys as can be registered.',
        'Please choose one that you no longer use.',
        'Once we have checked that it is you, we can arrange to remove it.',
      ],
    },
    atSignIn: {
      cause: 'The sign-in page: nothing has been sent yet.',
      say: [
        'I see that you have the sign-in page open.',
        'Please enter your login ID and password, and press the button to sign in.',
        'If you have forgotten them, use the link on the page.',
      ],
    },
    ...recovery,
    atApplication: {
      cause: 'A request of an application was not accepted, or its procedure has ended.',
      say: [
        'What your application asked for could not be accepted, or has ended on the way.',
        'Please go back to the application and begin to sign in again, by its button and not by a bookmark.',
        'If it keeps happening, tell me the error code on the page, and we will look into it.',
      ],
    },
    atEmailCode: {
      cause: 'It waits for the code. The mail may not have arrived.',
      say: [
        'We have sent a code to your e-mail address.',
        'Please check your junk mail folder, and have the code sent again if it is not there.',
        'If you no longer use that address, we can arrange to change it once we have checked that it is you.',
      ],
    },
    atPasskey: {
      cause: 'It waits for the passkey.',
      say: [
        'The page waits for your passkey.',
        'Please have the device that holds it at hand, choose the passkey, and press the button.',
        'If you no longer have that device, we can arrange to remove its passkey once we have checked that it is you.',
      ],
    },
    atRegistration: {
      cause: 'A passkey is being registered.',
      say: [
        'I see that you are registering a passkey.',
        'Please follow the drawings, check the name, and press the button to register.',
        'If it offers to save it elsewhere than you want, choose another way to save.',
      ],
    },
    atSecondFactor: {
      cause: 'The page on which the second factor is chosen.',
      say: [
        'This is the page on which you choose how to sign in.',
        'Please choose one, press the button to change it, and confirm it with a passkey.',
        'If you have no passkey yet, register one first.',
      ],
    },
    atPending: {
      cause: 'The caller is signed in, on the page that cancels what was requested of support.',
      say: [
        'I see that you have the page open on which a request for your account is cancelled.',
        'If you know nothing of it, please confirm with a passkey, and press the button to cancel it.',
        'If you have no passkey that works, we can cancel it for you once we have checked that it is you.',
      ],
    },
    atPortal: {
      cause: 'The caller is signed in.',
      say: [
        'I see that you are signed in.',
        'Please tell me what you would like to do.',
        'For some things, that page will ask you to confirm that it is you.',
      ],
    },
  },
}
