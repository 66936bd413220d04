import type { Texts } from '../texts.ts'

export const call: Texts['call'] = {
  lead: 'Show a call number before you call us: with it our staff can see where this page stands and help you.',
  show: 'Show a call number',
  number: 'Call number',
  onlyCallers:
    'Give it only if it was you who called us. We never call you to ask for this number.',
  validity: 'Valid for',
  copy: 'Copy the number',
  copied: 'Copied',
  check: {
    title: 'Did you call us yourself?',
    lead: 'The person on the telephone wants to make sure that it is you, for the following:',
    digits: 'The two digits that our staff tells you',
    digitsHint: 'You can enter them only once. If you did not catch them, ask again.',
    yes: 'Yes, go on',
    deny: 'No, I did not call',
    denyHint:
      'If you know nothing of this, or if it was they who called you, press “No” and hang up.',
    proof: 'Last, confirm with a passkey that it is you. This does not sign you in.',
    legend: 'Passkey to confirm with',
    prove: 'Confirm with the passkey',
  },
  acts: {
    'remove-passkey': (name) => `Remove the passkey “${name}”`,
    'resume-passkey': (name) => `Let the suspended passkey “${name}” work again`,
    reopen: () => 'Let the account sign in again',
    'change-email': () => 'Change the e-mail address on record',
    'activation-code': () => 'Issue an activation code, to set a new password with',
    'end-hold': () => 'Lift the restriction of withdrawals',
  },
  broker: {
    title: 'We are calling you',
    text: 'A member of our staff is calling you now. If a caller uses our name and this is not shown here, hang up.',
    purpose: (purpose) => `About: ${purpose}`,
    purposes: {
      'called-back': 'your inquiry, as you asked us to call back',
      'unusual-activity': 'activity that is unusual for you',
      'account-change': 'a change of your details',
      'undelivered-mail': 'mails that do not reach you',
      'other-inquiry': 'a procedure of yours',
    },
    until: (time) => `Shown until ${time}.`,
    never: 'In this call too, nobody asks for your password, a code or a call number.',
  },
}

export const callWords: Texts['browser']['call'] = {
  callRemaining: '{m} min {s} s',
  callOver: 'This call number has expired. Show another one if you need it.',
  callReplaced: 'Another page shows a newer call number, so this one no longer works.',
  callAsked: 'Our staff on the telephone asks this page something.',
  callFormat: 'Enter two digits.',
  callProven: 'You are confirmed. Please go on with your call.',
  callDenied: 'Thank you for telling us. Nothing will be done by this call. Please hang up.',
  callNotProven: 'The passkey did not confirm it. Try again, or tell our staff.',
}
