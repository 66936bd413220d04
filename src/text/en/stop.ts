import { inWords } from '../in-words.ts'
import type { Texts } from '../texts.ts'

export const stop: Texts['stop'] = {
  title: 'Emergency stop',
  lead: 'If you fear that somebody else is using your account, stop it at once.',
  button: 'Emergency stop',
  ask: 'Stop your account?',
  levels: {
    legend: 'What to stop',
    'sign-in': 'Everything (sign-in too)',
    trading: 'Trades and withdrawals',
    withdrawal: 'Withdrawals only',
  },
  means: {
    'sign-in':
      'Every device and application is signed out, and nobody can sign in. To open your account again, customer support has to check who you are.',
    trading: 'Trades and withdrawals are stopped. You stay signed in.',
    withdrawal: 'Withdrawals are stopped. You stay signed in and can trade.',
  },
  liftAfter: (wait) =>
    `For your safety, a stop of trades or withdrawals cannot be lifted for ${inWords(wait, 'en')}.`,
  orders:
    'Orders and withdrawals that were placed before are not cancelled. To ask about them, telephone us.',
  confirm: 'Stop',
  cancel: 'Do not stop',
  doneTitle: 'Your account is stopped',
  doneText:
    'Every device and application was signed out. Nobody can sign in until the account is opened again.',
  doneBack:
    'To open it again, or if there are orders or withdrawals that you do not know, telephone customer support.',
  doneMail: 'We have sent a notice to your e-mail address too.',
  inForce: {
    withdrawal: (time) => `Withdrawals are stopped (since ${time})`,
    trading: (time) => `Trades and withdrawals are stopped (since ${time})`,
  },
  inForceText: 'The applications that you use are told of it.',
  toLift: 'Lift the stop',
  liftTitle: 'Lifting the stop',
  liftText:
    'Once the stop is lifted, what was stopped is possible again. Other restrictions, if there are any, stay.',
  liftBy: {
    passkey: 'To lift it, prove with a passkey that it is you.',
    olderPasskey:
      'With a passkey that was registered before the stop, you can lift it at once. With one that was registered after it, you need your present password too.',
    newPasskey:
      'You are using a passkey that was registered after the stop. To lift the stop, you need your present password, and prove with the passkey that it is you.',
    email: 'To lift it, you need your present password and a code that we send by e-mail.',
  },
  lift: 'Lift the stop now',
  waits: (time, wait) =>
    `To keep your account safe, a stop stands for ${inWords(wait, 'en')}. You can lift it from ${time} on. Customer support cannot lift it earlier either.`,
  newerWaits: (time) =>
    `To keep your account safe, a passkey that was registered after the stop can lift it from ${time} on.`,
  tooMany: (phone) =>
    `Too many emergency stops came from this connection, so this page cannot take another. Telephone customer support (${phone}): they can stop your account.`,
}
