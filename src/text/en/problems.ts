import { codeLifetime } from '../../limits/codes.ts'
import {
  ceremonyLifetime,
  freshSignIn,
  longestPasskeyName,
  mostLivePasskeys,
  permissionLifetime,
} from '../../limits/passkeys.ts'
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'
import { inWords } from '../in-words.ts'
import type { Texts } from '../texts.ts'
import { newPasswordWords } from './new-password.ts'

export const problems: Texts['problems'] = {
  invalid_request: {
    title: 'The request could not be read',
    detail: 'Part of the request could not be read. Reload the page and enter it again.',
  },
  not_signed_in: {
    title: 'Please sign in',
    detail:
      'You are not signed in, or you were signed out after a period of inactivity. Please sign in again.',
  },
  cross_site: {
    title: 'The action was not accepted',
    detail:
      'It may have been sent by a site that is not ours, so it was stopped. Open our page again and start from there.',
  },
  not_found: {
    title: 'Page not found',
    detail:
      'The address may be wrong, or the page may be gone. Check the address or go to the start page.',
  },
  method_not_allowed: {
    title: 'This action is not available here',
    detail:
      'This address does not support this action. The page may be out of date: reload it and try again.',
  },
  too_large: {
    title: 'Too much was sent',
    detail: 'Your input is larger than we accept. Shorten it and try again.',
  },
  unsupported_media_type: {
    title: 'The format is not supported',
    detail: 'Only application/json is accepted. Reload the page and try again.',
  },
  wrong_host: {
    title: 'This address cannot be used',
    detail:
      'The page was opened at an address that is not our own. Open it from our official site or from your bookmark.',
  },
  busy: {
    title: 'We are busy at the moment',
    detail: 'Many people are using the service. Please wait a little and try again.',
  },
  request_timeout: {
    title: 'Sending took too long',
    detail: 'The connection may have been interrupted. Check it and try again.',
  },
  no_sign_in: {
    title: 'This sign-in has ended',
    detail:
      'The time may have run out, or the sign-in was finished or cancelled in another window. Please start again at the sign-in page.',
  },
  wrong_step: {
    title: 'Another kind of verification is needed',
    detail:
      'This sign-in needs another method than the one on this page; the setting may have been changed elsewhere. Reload the page and follow what it says.',
  },
  no_such_passkey: {
    title: 'This passkey cannot be used',
    detail: 'It may have been removed. Reload the page and choose from the list again.',
  },
  sign_in_refused: {
    title: 'You could not be signed in',
    detail:
      'The login ID or the password may be wrong, or sign-ins may be paused for a while after several wrong entries. Check what you entered, wait a little and try again. If that does not help, please contact customer support.',
  },
  too_many_attempts: {
    title: 'Sign-ins are paused for a while',
    detail:
      'There were too many wrong entries from your connection. Please wait and try again later.',
  },
  too_many_codes: {
    title: 'Please wait before the next code',
    detail:
      'A code was sent a moment ago, or too many were sent or entered wrongly. If you have received a code, enter it. After too many wrong ones, however, even the right one is not accepted: please wait, and then request a new one.',
  },
  code_wrong: {
    title: 'The code does not match',
    detail:
      'Check the six digits in the e-mail and enter them again. If you received several e-mails, use the latest one.',
  },
  code_expired: {
    title: 'The code has expired',
    detail: `A code is valid for ${inWords(codeLifetime, 'en')}. Request a new one and enter the digits you receive.`,
  },
  code_spent: {
    title: 'This code can no longer be used',
    detail:
      'It was used already, or there were too many wrong entries. Please start again by signing in.',
  },
  passkey_not_verified: {
    title: 'The passkey could not be verified',
    detail:
      'A passkey other than the chosen one may have been used, or the check on your device was not completed. Look at your choice and try again. If this keeps happening, please contact customer support.',
  },
  ceremony_expired: {
    title: 'The time for the passkey ran out',
    detail: `More than ${inWords(ceremonyLifetime, 'en')} have passed, or this step is finished already. Press the button again and complete the step on your device within ${inWords(ceremonyLifetime, 'en')}.`,
  },
  sign_in_again: {
    title: 'Please sign in again',
    detail: `Your sign-in is more than ${inWords(freshSignIn, 'en')} old, or several codes were wrong. For your safety, sign out, sign in again, and then go on.`,
  },
  passkey_needed: {
    title: 'Please verify with a registered passkey',
    detail: `Before this step we ask you to verify with a passkey that you have registered. This is asked again after ${inWords(permissionLifetime, 'en')}.`,
  },
  proof_needed: {
    title: 'Please verify once more',
    detail: `This needs a verification within the last ${inWords(permissionLifetime, 'en')}. Please verify as this page asks you to, and then try again.`,
  },
  email_code_needed: {
    title: 'The e-mail code is needed first',
    detail: `The code has not been confirmed yet, or more than ${inWords(permissionLifetime, 'en')} have passed since. Request a code and enter the digits you receive.`,
  },
  name_taken: {
    title: 'Another passkey has this name',
    detail: 'Enter a different name, so that you can tell your passkeys apart.',
  },
  name_not_allowed: {
    title: 'This name cannot be used',
    detail: `A passkey name has 1 to ${longestPasskeyName} characters, without line breaks or invisible special characters. Enter a different name.`,
  },
  too_many_passkeys: {
    title: 'Passkey limit reached',
    detail: `Up to ${mostLivePasskeys} passkeys can be registered. Ask customer support to remove those that you no longer use.`,
  },
  passkey_known: {
    title: 'This passkey cannot be registered',
    detail:
      'The same passkey is registered already. Use the one you have, or register one on another device.',
  },
  start_again: {
    title: 'Please start again',
    detail:
      'Your passkeys or your verification method were changed in the meantime. Open the page again. If you did not expect this, please contact customer support.',
  },
  no_passkey: {
    title: 'No passkey is registered',
    detail: 'To change to passkeys, please register one first.',
  },
  check_over: {
    title: 'This check by telephone is over',
    detail:
      'Its time has passed, our staff has begun another one, or an answer was given already. Please tell the person on the telephone.',
  },
  digits_wrong: {
    title: 'The digits do not match',
    detail:
      'For your safety they can be entered only once. If it was you who called us, ask our staff to send the check again. If it was they who called you, hang up.',
  },
  password_wrong: {
    title: 'The present password is wrong',
    detail: 'Check upper and lower case, then enter it again.',
  },
  password_not_allowed: {
    title: 'This password cannot be set',
    detail:
      'It is easy to guess, on a list of passwords that leaked from other services, or too short or too long. Choose another one.',
  },
  password_change_needed: {
    title: 'Change your password first',
    detail:
      'Your password stands on a list of passwords that leaked from other services. Set a new one, and you can go on.',
  },
  activation_refused: {
    title: 'We could not go on',
    detail:
      'The login ID or the activation code is wrong, or the code has expired. Check the code that you were given, then enter both again. After several wrong tries even the right code is refused for a while. If waiting does not help, please contact customer support.',
  },
  too_many_addresses: {
    title: 'Too many new addresses',
    detail: 'You have tried as many new addresses as one day allows. Wait a while, then try again.',
  },
  too_many_stops: {
    title: 'No more stops from here',
    detail:
      'Too many emergency stops came from this connection. If it is urgent, telephone customer support.',
  },
  stop_waits: {
    title: 'The stop cannot be lifted yet',
    detail:
      'To keep your account safe, a stop stands for some time before it can be lifted. Customer support cannot lift it earlier either.',
  },
  internal_error: {
    title: 'This could not be completed',
    detail:
      'Something went wrong in our system. Please wait a little and try again. If this keeps happening, contact customer support with the reference number.',
  },
}

const length = `Please enter a password of ${shortestPassword} to ${longestPassword} characters.`
const { common, made_of_context: madeOfContext } = newPasswordWords

export const problemsByWhy: Texts['problemsByWhy'] = {
  password_not_allowed: {
    too_short: { detail: length },
    too_long: { detail: length },
    common: { detail: common },
    made_of_context: { detail: madeOfContext },
    breached: {
      detail:
        'This password stands on a list of passwords that leaked from other services. Please enter one that you use nowhere else.',
    },
  },
  too_many_attempts: {
    present_password: {
      title: 'Please wait before the next password',
      detail:
        'The present password was entered wrongly several times, so none is accepted for a while. Please wait and try again later.',
    },
  },
}

export const applicationFailures: Texts['applicationFailures'] = {
  interaction_over: {
    title: 'We could not finish signing you in',
    detail:
      'It took too long, or it was started in another browser. Return to your application and sign in again.',
  },
  application_refused: {
    title: 'Your application’s request cannot be answered',
    detail:
      'The application may be set up wrongly, or its link is old. Return to the application and try again. If this keeps happening, contact customer support and quote the error number below.',
  },
}
