import { longestPassword, shortestPassword } from '../../../limits/passwords.ts'
import type { CallTexts } from './calls-texts.ts'
import type { recovery as ja } from './recovery-ja.ts'

export const recovery: Pick<CallTexts['causes'], keyof typeof ja> = {
  activationRefused: {
    cause:
      'The login ID or the activation code is wrong, or the code has expired. After several wrong ones, or on a locked account, a right one is refused in the same words.',
    say: [
      'The login ID or the activation code seems to be wrong, or the code has expired.',
      'Please look at the latest code that you were given, wait a little, and enter it again. Do not tell it to me.',
      'If that does not help, I can look into your account once we have checked that it is you, and we will go on from there.',
    ],
  },
  passwordNotAllowed: {
    cause:
      'The password that was entered is easy to guess, or on a list of leaked passwords, or too short or too long.',
    say: [
      'The password that you entered cannot be set, for your safety.',
      `Please choose another one that you use nowhere else, of ${shortestPassword} to ${longestPassword} characters, without your login ID, your e-mail address or our name in it.`,
      'If you are still unsure, we can read the conditions on the page together. Do not tell me the password.',
    ],
  },
  atForgotten: {
    cause: 'The page for a forgotten login ID or password: no code has been asked for yet.',
    say: [
      'I see that you have the page for a forgotten login ID or password open.',
      'For a new password please enter your login ID; to find your login ID, enter your e-mail address. Then press the button.',
      'If you know neither, we can help you once we have checked that it is you.',
    ],
  },
  atRecoveryCode: {
    cause:
      'It waits for the code by e-mail. For a wrong login ID or a locked account, none is sent.',
    say: [
      'The page waits for a code that comes by e-mail.',
      'Please check your junk mail folder. If it is not there, have it sent again, or check your login ID and start over.',
      'If none arrives, I can look into your address and your account once we have checked that it is you.',
    ],
  },
  atForgottenPasskey: {
    cause: 'The mailbox is verified; it waits for the passkey.',
    say: [
      'To set a new password, the page waits for your passkey.',
      'Please have the device that holds it at hand, choose the passkey, and press the button.',
      'If you no longer have that device, we can arrange to remove its passkey once we have checked that it is you.',
    ],
  },
  atForgottenSupport: {
    cause:
      'The mailbox is verified. As e-mail is the second factor, a new password needs an activation code.',
    say: [
      'For your account, a new password needs an activation code, to keep it safe.',
      'We can arrange to issue one once we have checked that it is you.',
      'If you have one already, please go on by the button to enter it.',
    ],
  },
  atActivation: {
    cause: 'The entry of an activation code: nothing has been sent yet.',
    say: [
      'I see that you have the page for your activation code open.',
      'Please enter your login ID and the code that you were given, and press the button to go on. Do not tell me the code.',
      'If you do not have the code, or it has expired, we can arrange to issue one once we have checked that it is you.',
    ],
  },
  atNewPassword: {
    cause: 'Everything is verified; it waits for the new password.',
    say: [
      'This is the page on which you choose your new password.',
      'Please enter a long one that you use nowhere else, and press the button to set it.',
      'We never take a password by telephone. If the time has passed, please start over.',
    ],
  },
}
