import { codeWaits } from '../../../limits/codes.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const plain: ConsoleTexts['plain'] = {
  passkey: (name, place, createdAt) => `the passkey “${name}” (${place}, registered ${createdAt})`,
  removePasskey: (loginId, passkey) =>
    `Removes ${passkey} of account ${loginId}. It can never be used to sign in again.`,
  lastOne:
    'It is the last passkey that works. The second factor goes back to e-mail: password and mailbox will be enough to sign in.',
  othersStay: 'The passkeys that are left go on working.',
  resumePasskey: (loginId, passkey, since) =>
    `Lets ${passkey} of account ${loginId} work again (suspended since ${since}).`,
  reopen: (loginId, since, reason) =>
    `Lifts the lock of account ${loginId} (since ${since}: ${reason}). The customer can sign in again.`,
  takeCodes: (loginId) =>
    `Lets account ${loginId} use codes by e-mail again, which ${codeWaits.stopAt} wrong ones in a row had stopped.`,
  reopenMany: (from, since) =>
    `Unlocks all accounts that since ${since} were locked by nothing but emergency stops from ${from}, from browsers that they did not know.`,
  reopenManyCount: (count) =>
    `When this was asked for, there were ${count} such accounts. Those that were stopped or locked in another way too, those in a case and those of the two operators stay as they are.`,
  changeEmail: (loginId, from, to) =>
    `Changes the e-mail address of account ${loginId} from ${from} to ${to}. Codes and notices will go to the new one.`,
  activationCode: (loginId) =>
    `Issues an activation code to account ${loginId}, with which a new password can be set.`,
  activationGiven:
    'The code is given once, on the asker’s page or to the export of letters. Setting the password takes a code by e-mail to the present address too; it ends all sessions and begins a hold on the account.',
  endHold: (loginId, until) =>
    `Ends the hold on account ${loginId} (until ${until}) now. What it held back is possible at once.`,
  addOperator: (name, roles) => `Adds ${name} as an operator: ${roles}.`,
  ownAccount: (loginId) => `Their own account is ${loginId}, which they cannot act on.`,
  changeRoles: (name, from, to) => `Changes the roles of ${name} from ${from} to ${to}.`,
  enrolmentCode: (name) =>
    `Issues an enrolment code to ${name}. Its use ends their older passkeys and all sessions.`,
  twoHalves: 'One half of the code is shown to you, the other to the asker, once each.',
  hold: 'A hold on the account follows.',
  noHold: 'No hold follows.',
  locked: (since, reason) => `The account is locked (since ${since}: ${reason}).`,
  lastStop: (at) => `The latest emergency stop came at ${at}.`,
  sessions: 'All sessions of the account end.',
  other: (act) => `${act}: as the text below says.`,
  lockReasons: {
    guessing: 'wrong passwords in a row',
    support: 'by the desk',
    holder: 'the emergency stop of the customer',
    closed: 'contract ended',
    stolen: 'a stolen passkey',
    unknown: 'as recorded',
  },
}
