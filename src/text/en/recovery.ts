import { codeLifetime } from '../../limits/codes.ts'
import { activationCodeLength, activationLifetime } from '../../limits/recoveries.ts'
import { inWords } from '../in-words.ts'
import type { Texts } from '../texts.ts'

export const recovery: Texts['recovery'] = {
  forgotten: {
    title: 'Forgotten login ID or password',
    passwordTitle: 'Set a new password',
    passwordLead:
      'Enter your login ID. A code goes to the e-mail address that is registered for it.',
    sendCode: 'Send the code',
    loginIdTitle: 'Find your login ID',
    loginIdLead:
      'Enter the e-mail address that is registered for your account. Your login ID is mailed to it.',
    sendLoginId: 'Mail my login ID',
    mailed:
      'We have received your request. If this address is registered, a mail with the login ID will arrive within a few minutes. If none does, check the address and the spam folder, and try again later.',
    passkeyTitle: 'Verify with a passkey',
    passkeyLead: 'Now verify that it is you with a passkey.',
    supportTitle: 'An activation code is needed',
    supportLead:
      'Your mailbox is verified. To keep your account safe, its password cannot be set with the mailbox alone.',
    supportCall:
      'Contact customer support. They will verify who you are and issue an activation code.',
    toActivate: 'Enter an activation code',
    again: 'Start over',
    done: 'Your password is set',
  },
  activation: {
    title: 'Set your password',
    lead: 'With the activation code that you were given, set the password that you will sign in with.',
    code: 'Activation code',
    codeHint: `${activationCodeLength} letters and digits, valid for ${inWords(activationLifetime, 'en')}. Hyphens, capitals and small letters make no difference.`,
    next: 'Next',
    again: 'Start over',
    done: 'Your password is set',
  },
  loginId: 'Login ID',
  email: 'E-mail address',
  codeTitle: 'Verify your mailbox',
  sent: 'A code was sent to the e-mail address that is registered.',
  sentOnlyIf: {
    forgotten:
      'None arrives where the login ID is wrong or sign-in is locked. After several requests no more are sent for a while.',
    activation: 'After several requests no more are sent for a while.',
  },
  enter: `Enter the six digits in the mail. They are valid for ${inWords(codeLifetime, 'en')}.`,
  passwordTitle: 'Set a new password',
  passwordLead: 'Enter the password that you will sign in with from now on.',
  endsOthers: 'Setting it signs every device out.',
  submit: 'Set the password',
  giveUp: 'Cancel',
  close: 'Back to sign-in',
  doneLead: 'Sign in with your new password.',
  toSignIn: 'Go to sign-in',
  forgottenHint: 'If you have no activation code, see ',
  forgottenLink: 'Forgotten login ID or password',
  forgottenAfter: '.',
}

export const recoveryWords = {
  over: 'The time ran out, or this was finished or cancelled. Start over.',
  noTries: 'There are no tries left. Start over.',
  again: 'Start over',
}
