import { codeLifetime, codeWaits } from '../../limits/codes.ts'
import { passwordWaits } from '../../limits/passwords.ts'
import { pairRemembered } from '../../limits/requests.ts'
import { signInLifetime } from '../../limits/sessions.ts'
import { inWords } from '../in-words.ts'
import type { AdviceCause, AdviceFacts } from './ja.ts'
import { passwordWait } from './waits.ts'

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

export const advice: Readonly<Record<AdviceCause, (facts: AdviceFacts) => string>> = {
  erased: () =>
    'The data of this account were erased. Refer the caller to the contracts department.',
  closed: () =>
    'The contract has ended, so nobody can sign in. Refer the caller to the contracts department.',
  'case-open': () =>
    'Somebody may have taken this account over. Only the approver who has taken the case can approve anything that restores sign-in or withdrawals. Tell the caller that the check takes time.',
  phishing: ({ time }) =>
    `At ${time} a passkey was used on a site that is not ours: it may be a fake. Ask the caller to open no link in mails or messages, and to come by a bookmark. If a password was typed there, lock the account.`,
  copied: ({ time }) =>
    `At ${time} the counter of a passkey did not rise: it may have been copied. Ask the caller; if they know of nothing, suspend that passkey.`,
  'locked-by-support': ({ time }) =>
    `Support locked the account at ${time}. Check who is calling, then request that the account be unlocked.`,
  'stopped-by-holder': ({ time }) =>
    `By an emergency stop the account was locked at ${time}. Ask whether it was the caller, and whether there are orders or withdrawals that they do not know. Check who is calling, then request that the account be unlocked.`,
  'trading-stopped': ({ time }) =>
    `Since ${time}, trades and withdrawals are stopped by the customer. The caller can lift it after signing in, by “Lift the stop”; where that has to wait, the page says until when.`,
  'withdrawal-stopped': ({ time }) =>
    `Since ${time}, withdrawals are stopped by the customer. The caller can lift it after signing in, by “Lift the stop”; where that has to wait, the page says until when.`,
  'locked-by-guessing': () =>
    `The account was locked after ${passwordWaits.stopAt} wrong passwords in a row. In a browser that they have used before, the caller can sign in all the same. For another one, check who is calling, then request that the account be unlocked.`,
  'locked-without-passkey': ({ time }) =>
    `The account has been locked since ${time}, and no passkey can be used. Ask whether there are orders or withdrawals that the caller does not know. Check who is calling, then request the removal of the passkey and the unlocking of the account, both in one request; once it is done, they sign in by e-mail and register a new one. If the device was found, choose to resume the suspended passkey instead of removing it. One request after the other does not do: the same two people may not open anything more for this account for ${inWords(pairRemembered, 'en')}.`,
  'no-live-passkey': () =>
    'No passkey can be used. Check who is calling, then request its removal; once it is done, they sign in by e-mail and register a new one.',
  suspended: ({ count }) =>
    `Suspended passkeys: ${count}. They are not offered at sign-in. If the device was found, check who is calling and ask to resume it.`,
  'password-waits': ({ count }) =>
    `Wrong passwords in a row: ${count}. For a while even the right one is refused. Ask the caller to wait, at most ${inWords(passwordWait, 'en')}, and to try again.`,
  'password-wrong': ({ count }) =>
    `The login ID or the password was wrong ${times(count)}. Ask about capitals, and about an old password that the browser has saved.`,
  'activation-locked': () =>
    'While the account is locked, even a right activation code is refused. Check who is calling, then request that the account be unlocked. The code stays good until its end.',
  'activation-waits': ({ count, time }) =>
    `Wrong activation codes in a row: ${count}. Until ${time} even the right one is refused. Ask the caller to enter the newest one after that time.`,
  'activation-wrong': ({ count }) =>
    `The activation code was wrong ${times(count)}. Ask whether it is the newest one, and look at its end (“Activation code” on this page). If the caller has none, check who is calling, then request one.`,
  'no-answer-phone': ({ count }) =>
    `The last sign-ins with the phone ended without an answer (${times(count)}): the QR code was not read in time. Ask the caller to read it with the phone's camera, with Bluetooth and the internet on at both devices.`,
  'no-answer-device': ({ count }) =>
    `The last sign-ins with a passkey ended without an answer (${times(count)}). Ask the caller to use the computer where the passkey was registered, and to answer its dialog by face, finger or PIN.`,
  'no-answer': ({ count }) =>
    `The last sign-ins with a passkey ended without an answer (${times(count)}). Ask which passkey in the list was chosen, and to use the device that has it. For a phone: read the QR code with its camera, with Bluetooth on.`,
  'passkey-removed': ({ time }) =>
    `The passkey that was used at ${time} no longer belongs to this account (removed, suspended, or another account's). Ask the caller to delete the old one from the device and to choose one in the list.`,
  'passkey-other': () =>
    'Another passkey answered than the one that was chosen. Ask the caller to use the device that has the passkey of that name.',
  'passkey-unlocked': () =>
    'The device did not ask for face, finger or PIN. Ask the caller to look at its screen lock.',
  'passkey-refused': ({ count }) =>
    `The answer of a passkey could not be verified (${times(count)}). Ask the caller to update browser and device, to open the page again and to retry; if it goes on, to use another passkey.`,
  'mail-undelivered': ({ time }) =>
    `The caller's mail server refused the mail of ${time}. Ask whether the address is in use, about filters and about space. If it is not, check who is calling, then request a change of address.`,
  'mail-waiting': ({ time }) =>
    `The mail with the code of ${time} has not left yet. Ask the caller to wait a few minutes; if nothing comes, tell those who run the system.`,
  'mail-taken': ({ time }) =>
    `The mail server took the mail with the code at ${time}. Ask the caller to look into the spam folder. A code is good for ${inWords(codeLifetime, 'en')}.`,
  'code-wrong': ({ count }) =>
    `The code was wrong ${times(count)}. Ask the caller for the six digits of the newest mail.`,
  'code-waits': ({ time }) =>
    `After many wrong codes or mails no code is sent until ${time}. Ask the caller to try again after that time. If it is urgent, ask your supervisor.`,
  'codes-stopped': () =>
    `After ${codeWaits.stopAt} wrong codes in a row no code is taken any more, however long the caller waits. If they know nothing of them, somebody may know the password. Check who is calling, then request that the account be unlocked, which can be asked for though it is not locked; once it is done, codes work again.`,
  'at-second-factor': () =>
    `A sign-in is under way: the password was right, and the second factor is awaited. Ask the caller to finish within ${inWords(signInLifetime, 'en')}.`,
  hold: ({ time }) =>
    `Until ${time} withdrawals and the like are held (the caller’s security settings say whether trades are too); signing in works. This is a safety measure; to end it early, check who is calling and make a request.`,
  'hold-locked': ({ time }) =>
    `Until ${time} withdrawals and the like are held, also after the account has been unlocked.`,
  nothing: () =>
    'The records show no trouble. Ask what the page says, for the reference number, and which device and browser they use.',
}
