import { codeLifetime } from '../../limits/codes.ts'
import { inWords } from '../in-words.ts'
import { phoneOnline } from '../phone-online.ts'
import type { Texts } from '../texts.ts'

export const signIn: Texts['signIn'] = {
  title: 'Sign in',
  loginId: 'Login ID',
  password: 'Password',
  save: 'Save',
  saveLoginId: 'Save login ID',
  savePassword: 'Save password',
  exact:
    'In the password, upper and lower case differ, and so do full and half width. In the login ID they do not.',
  saveHint: 'Do not save on a shared device.',
  showPassword: 'Show password',
  submit: 'Sign in',
  close: 'Close',
  forgottenBefore: 'If you do not know your login ID or password, please see ',
  forgottenLink: 'this page',
  forgottenAfter: '.',
  linksLabel: 'Information',
  links: {
    terms: 'Terms of use',
    faq: 'Frequently asked questions',
    precautions: 'Notes on trading',
    manual: 'Manual',
    maintenance: 'Maintenance',
    home: 'Home page',
  },
  safetyTitle: 'For your safety',
  safety: {
    bookmark: 'Open this page from our official site or from your bookmark.',
    mail: 'Our verification e-mails never contain links.',
    ask: 'Our staff never ask for your password or for a code.',
  },
}

export const emailCode: Texts['emailCode'] = {
  title: 'Verification by e-mail',
  sent: (to) => `Your code goes to ${to}.`,
  enter: `Enter the six digits in the e-mail. The code is valid for ${inWords(codeLifetime, 'en')}.`,
  code: 'Code',
  codeHint: 'Spaces and full-width digits may be entered as they are.',
  submit: 'Verify',
  resend: 'Send a new code',
  validity: 'Valid for',
  notArrived: 'If no e-mail arrives',
  notArrivedText: 'Check your spam folder. If it is not there, request a new code.',
  switchNote:
    'You can change to verification by passkey: after signing in, go to the security settings.',
  awaited: {
    until: (time) =>
      `Too many codes were sent, or too many wrong ones entered, so we cannot send a code now. Press “Send a new code” from ${time} on.`,
    untilSupport:
      'Too many wrong codes were entered, so we cannot send a code. Please contact customer support.',
    over: 'No code has been sent yet. Press “Send a new code”, and we send one.',
    elsewhere:
      'A code that arrived before works only in the browser in which that sign-in was begun.',
    doubt:
      'If it was not you who began so many sign-ins, somebody else may know your password. Press “Emergency stop” below at once.',
  },
  giveUp: 'Cancel sign-in',
}

export const passkey: Texts['passkey'] = {
  title: 'Verification by passkey',
  lead: 'Please verify on a device that holds your passkey.',
  howTitle: 'What to do',
  choose: 'Choose a passkey and press “Verify”: your browser’s passkey window opens.',
  order: 'The passkey of your last sign-in is at the top.',
  phone: `To verify with a phone, turn its Bluetooth on and read the QR code that appears. The phone’s own camera app works best. ${phoneOnline.en}`,
  onPhone:
    'A passkey kept on this phone is verified by unlocking it (face, fingerprint or PIN). No QR code is needed.',
  legend: 'Passkey to verify with',
  thisDevice: 'This device',
  otherWay:
    'If it does not work, choose a passkey of another device in the list and press “Verify”.',
  noOtherWay:
    'If it does not work, restart the browser and the device and try again, or contact customer support.',
  updated: (time) => `Last used: ${time}`,
  place: (place) => `Saved on: ${place}`,
  submit: 'Verify',
  stop: 'Stop',
  elsewhereTitle: 'If the chosen device is not at hand',
  elsewhere: {
    other: 'If the list has a passkey of a device that is at hand, choose that one.',
    synced:
      'A passkey in a password manager may also work on another device that is signed in to the same account.',
    none: 'If none of the devices is at hand, please contact customer support.',
  },
  notesTitle: 'Please note',
  notes: {
    device: 'Without a device that holds a registered passkey you cannot sign in.',
    lost: 'When a device is broken or lost, its passkey has to be removed.',
    support: 'Please ask customer support to remove a passkey.',
  },
  removalLink: 'How to have a passkey removed, and whom to ask',
  faqLink: 'Other questions about passkeys',
  giveUp: 'Cancel sign-in',
}
