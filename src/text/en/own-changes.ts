import type { Texts } from '../texts.ts'

export const ownChanges: Texts['ownChanges'] = {
  card: {
    title: 'Password and e-mail address',
    text: 'A change needs your present password, and your present way to verify.',
    password: 'Change the password',
    email: 'Change the e-mail address',
  },
  present: 'Present password',
  submit: 'Change',
  guessedAt: {
    known:
      'After wrong passwords, sign-in from other browsers is stopped. Before you change anything, sign out and sign in again in this browser: that opens it. If you change it now, your next sign-in needs customer support.',
    unknown:
      'After wrong passwords, sign-in is stopped. Once you sign out, your next sign-in needs customer support.',
  },
  proof: {
    email: 'After pressing “Change” you verify with a code sent to your registered e-mail address.',
    passkey: 'After pressing “Change” you verify with a registered passkey.',
  },
  password: {
    title: 'Change the password',
    lead: 'Please enter your present password and a new one.',
    effect: 'The change ends your sign-ins on other devices. We send you a notice by e-mail.',
    forgotten: 'If you have forgotten your present password, sign out and go to ',
    forgottenLink: 'a new password',
    forgottenAfter: '.',
    breachedTitle: 'Please change your password first',
    breached:
      'Your password stands on a list of passwords that leaked from other services. Others may try it, so nothing else can be done before you have set a new one.',
    doneTitle: 'Your password was changed',
    done: 'Please use the new password from your next sign-in. Your sign-ins on other devices have ended.',
  },
  email: {
    title: 'Change the e-mail address',
    now: (address) => `Present e-mail address: ${address}`,
    address: 'New e-mail address',
    lead: 'Please enter your new e-mail address and your present password.',
    effect:
      'The change is complete when you enter the code that we send to the new address. Your sign-ins on other devices end, and both addresses get a notice.',
    oldToo:
      'You verify by e-mail, so the code that we send to your present address is needed too. If you no longer get its mail, please contact customer support.',
    codeTitle: 'Confirm your new e-mail address',
    sent: (address) => `We have sent a code to your new address ${address}.`,
    enter: 'Please enter the six digits that arrived there.',
    enterBoth:
      'We have sent one code to your new address and another one to your present address. Please enter the six digits of both.',
    oldCode: 'Code sent to your present address',
    oldCodeHint: (address) => `The digits that arrived at ${address}.`,
    again: 'Enter another address',
    doneTitle: 'Your e-mail address was changed',
    done: 'Codes and notices go to your new address from now on. To be safe, the old one gets notices for some time too.',
  },
}

export const ownChangesWords = {
  emailFormat:
    'This is not an e-mail address, or it is the present one. Please check it and enter it again.',
}
