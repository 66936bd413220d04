import {
  enrolmentHalf,
  enrolmentLifetime,
  enrolmentTries,
  fewestAdmins,
  mostOperatorPasskeys,
} from '../../limits/operators.ts'
import { ceremonyLifetime, permissionLifetime } from '../../limits/passkeys.ts'
import { inWords } from '../in-words.ts'

export const operatorProblems = {
  roles_not_allowed: {
    title: 'These roles do not go together',
    detail:
      'An operator needs at least one role, and an admin is neither agent nor approver. Choose the roles again.',
  },
  operator_known: {
    title: 'This customer account belongs to another operator',
    detail:
      'One person cannot be two operators. Check the login ID, or delete the other operator first.',
  },
  last_admins: {
    title: `At least ${fewestAdmins} admins have to remain`,
    detail: `Without this one, fewer than ${fewestAdmins} admins with a passkey would be left. Add another admin, who registers a passkey, first.`,
  },
  code_wrong: {
    title: 'The enrolment code is not right',
    detail: `Check that both halves are there, each of ${enrolmentHalf} characters. A code works once and for ${inWords(enrolmentLifetime, 'en')}; if it is older or used, ask two admins for a new one.`,
  },
  ceremony_expired: {
    title: 'It took too long',
    detail: `Press the button again, and answer your device within ${inWords(ceremonyLifetime, 'en')}.`,
  },
  passkey_known: {
    title: 'This passkey is registered already',
    detail:
      'Use another device or security key. A passkey that one operator has or had cannot be registered for another.',
  },
  too_many_passkeys: {
    title: `You have ${mostOperatorPasskeys} passkeys already`,
    detail:
      'You cannot register more. If you lost one, ask two admins for an enrolment code, which replaces all of them.',
  },
  proof_needed: {
    title: 'Please use your passkey once more',
    detail: `This needs a use of your passkey within the last ${inWords(permissionLifetime, 'en')}. Use it again, then continue.`,
  },
  too_many_attempts: {
    title: 'Too many wrong codes',
    detail: `Wait ${inWords(enrolmentTries.window, 'en')}, and enter the code again as it was given to you.`,
  },
}
