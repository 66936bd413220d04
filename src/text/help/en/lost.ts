import { freshSignIn } from '../../../limits/passkeys.ts'
import { inWords } from '../../in-words.ts'
import type { HelpTexts } from '../help-texts.ts'

export const lost: HelpTexts['lost'] = {
  title: 'A lost, broken or stolen device',
  lead: 'When you no longer have the device that holds your passkey, customer support removes that passkey for you.',
  telephone: 'Customer support',
  parts: {
    first: {
      title: 'What to do first',
      steps: [
        'If the device is lost or stolen, find and lock it with its maker’s service. A locked screen keeps others out.',
        'If you have a passkey on another device, sign in with that one. Look through the recent activity in the security settings for anything that you do not recognise.',
        'Call customer support. If it is urgent, we can stop all sign-ins to your account.',
      ],
      after: [
        'A passkey works only together with your login ID, your password and the screen lock of the device. A person who finds it cannot sign in with the device alone, so there is no need to rush.',
      ],
    },
    call: {
      title: 'What we ask on the telephone',
      points: [
        'Questions that confirm your identity',
        'Your login ID',
        'The name of the passkey (such as “Windows” or “iPhone”). If you do not know it, the kind of device and roughly when you registered it',
      ],
      after: [
        'We never ask for your password, for a code or for the PIN of a device. If somebody does, hang up.',
      ],
    },
    removal: {
      title: 'How the passkey is removed',
      steps: [
        'We confirm your identity.',
        'A support agent removes the passkey that you named. We record who removed it, when and why.',
        'A notice goes to your registered e-mail address. If you receive one that you did not expect, call us at once.',
      ],
      after: [
        'You cannot remove a passkey yourself online: otherwise an intruder could replace it with one of their own.',
      ],
    },
    afterwards: {
      title: 'What happens then',
      points: [
        'You are signed out on all devices. Sign in again where you need to.',
        'If you have another passkey, you go on signing in with it.',
        'If it was the last one, you are back to codes by e-mail: after your login ID and password, enter the code that is sent to your registered address.',
        'If it was the last one, {held} for {hold} for your safety. The security settings show until when.',
      ],
    },
    again: {
      title: 'Registering again',
      steps: [
        'Set up the screen lock of your new device.',
        `Sign in and press “Register a passkey” in the security settings. The first passkey needs a sign-in within the last ${inWords(freshSignIn, 'en')}.`,
        'Enter the code that arrives by e-mail, choose a name and the device, and press “Register”.',
        'Choose passkeys under “Change method” in the security settings, and press “Change”.',
        'We recommend a second device, so that you are ready the next time.',
      ],
      after: ['After you have registered a first passkey, {held} for {hold} as well.'],
    },
  },
  linksTitle: 'Find and lock a device (other sites)',
  links: [
    {
      name: 'Apple: if your iPhone is lost or stolen',
      address: 'https://support.apple.com/101593',
    },
    {
      name: 'Google: find, secure or erase a lost Android device',
      address: 'https://support.google.com/accounts/answer/6160491?hl=en',
    },
  ],
}
