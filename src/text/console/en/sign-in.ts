import { enrolmentLifetime, mostOperatorPasskeys } from '../../../limits/operators.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const signIn: ConsoleTexts['signIn'] = {
  title: 'Sign in to the support desk',
  lead: 'Use the passkey that you enrolled. There is no password.',
  submit: 'Sign in with a passkey',
  first: 'New here, or lost your passkey?',
  toEnrol: 'Enrol a passkey with a code',
  notCustomers: 'This is not the sign-in for customers, who cannot use it.',
}

export const enrol: ConsoleTexts['enrol'] = {
  title: 'Enrol a passkey',
  lead: 'With the code that your admins gave you, make your passkey on this device.',
  code: 'Enrolment code',
  codeHint: `If it came in two halves, type one after the other. It works once, within ${inWords(enrolmentLifetime, 'en')} of being issued.`,
  submit: 'Enrol',
  replaces: 'Enrolling ends all your older passkeys and every session of yours.',
  doneTitle: 'Your passkey is enrolled',
  done: 'From now on you sign in with this passkey.',
  second: 'In case you lose the device, sign in and enrol a second one under “My passkeys”.',
  toSignIn: 'To the sign-in',
}

export const me: ConsoleTexts['me'] = {
  title: 'My passkeys',
  lead: `You may have up to ${mostOperatorPasskeys}. Keep a second one in another place, in case you lose the first.`,
  count: (count) => `Enrolled: ${count} (of at most ${mostOperatorPasskeys})`,
  one: 'You have only one. If you lose it, you cannot work until two admins have helped.',
  add: 'Enrol another passkey',
  addHint: 'First you prove yourself with a passkey that you have, then you make the new one.',
  full: 'You cannot enrol more. If you no longer use one of them, ask an admin for a new enrolment code.',
  lost: 'If you lose a passkey, tell an admin at once: a new enrolment code ends all your old ones.',
  signedInAt: 'Signed in at',
  roles: 'Roles',
  name: 'Name',
}
