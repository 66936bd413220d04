import { activationLifetime } from '../../../limits/recoveries.ts'
import { inWords } from '../../in-words.ts'
import type { account as ja } from '../ja/account.ts'

export const account: typeof ja = {
  firstPassword: {
    title: 'I have received an activation code. What do I do?',
    texts: [
      'With an activation code you set a password. It reaches you by letter or from customer support, and never by e-mail.',
    ],
    steps: [
      'Open the page for setting a password: our address followed by “/activate”.',
      'Enter your login ID and the activation code.',
      'Enter the code that arrives at your registered e-mail address.',
      'Choose a new password and enter it.',
    ],
    after: [
      `An activation code is good for ${inWords(activationLifetime, 'en')} and works once. If it is lost or has expired, please call customer support.`,
      'Neither the activation code nor your mailbox is enough alone. Give neither to anybody.',
    ],
  },
  forgotten: {
    title: 'I have forgotten my login ID or my password',
    texts: ['Press the link for it on the sign-in page. What it offers:'],
    points: [
      'Your login ID: enter your registered e-mail address, and the login ID is sent there.',
      'Your password, if you sign in with a passkey: verify with a code by e-mail and with the passkey, then set a new password.',
      'Your password, if you sign in with codes by e-mail: the mailbox alone is not enough. Please call customer support, who confirm your identity and issue an activation code.',
    ],
    after: [
      'Setting the password again signs you out on all devices. For your safety, {held} for {hold}.',
    ],
  },
  changing: {
    title: 'I want to change my password or my e-mail address',
    texts: ['Sign in and do it in the security settings.'],
    points: [
      'Besides your present password you verify with a passkey, or with a code by e-mail.',
      'For another e-mail address you also enter the code that arrives there. If you sign in with codes by e-mail, the present address gets one as well.',
      'If you cannot read mail at the present address, please call customer support.',
    ],
    after: ['Your other devices are signed out. For your safety, {held} for {hold}.'],
  },
  strangeNotice: {
    title: 'I have received a notice about something I did not do',
    texts: [
      'Our notices carry no links. A mail with a link is not from us: delete it, and do not follow the link.',
    ],
    steps: [
      'Open our page from a bookmark, sign in, and look through the recent activity in the security settings.',
      'If you do not recognise something, press “Emergency stop”. If you cannot sign in, call customer support.',
    ],
    after: [
      'A mail “Your sign-in code” that you did not ask for means that somebody may know your password. Enter the code nowhere, give it to nobody, and change your password. “Your code to replace your password” can be asked for by anybody who knows your login ID, and changes nothing by itself: give it to nobody, and leave it alone.',
    ],
  },
  stop: {
    title: 'What does “Emergency stop” do?',
    texts: [
      'If you fear that somebody uses your account, you can stop it at once yourself: in the security settings, and on the page that follows the password.',
    ],
    points: [
      'You are signed out on all devices and nobody can sign in. Connected applications are told.',
      'In the security settings you can also stop withdrawals alone, or trading and withdrawals. These two you lift yourself.',
      'To open sign-in again, call customer support. Two members of it make sure that it is you.',
    ],
    after: ['After that, for your safety, {held} for {hold}.'],
  },
}
