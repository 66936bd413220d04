import type { ConsoleTexts } from '../console-texts.ts'

export const asking: ConsoleTexts['asking'] = {
  title: 'Make a request',
  acts: 'Acts',
  actsHint:
    'Acts for one account go into one request: they are approved together and done together.',
  whichPasskey: 'Which passkey',
  whichPasskeys: 'Which passkeys (one or more)',
  holdAlone:
    'This does not go with an act that begins a hold. Request it on its own, once that act is done.',
  newEmail: 'New e-mail address',
  checks: 'Identity checks',
  checkByPage:
    'A check on the customer’s own page is needed too. Send it from “Call numbers”; it is recorded when the customer has done it.',
  checksHint: 'Record the checks that you did, how and when. All of them are needed.',
  checkNames: {
    name: 'name',
    birthday: 'date of birth',
    'call-back': 'call back on the number on record',
  },
  checkDone: (check) => `Done: ${check}`,
  method: (check) => `How: ${check}`,
  number: (check) => `Number called: ${check}`,
  at: (check) => `When: ${check}`,
  methodLabel: 'How',
  numberLabel: 'Number called',
  atLabel: 'When',
  numberHint: 'The number on record. One that changed recently does not count.',
  bound: 'A passkey registered since the hold began does not count.',
  approversTitle: 'Who can approve',
  approversSome: 'Somebody who can approve is signed in now.',
  approversNone:
    'No approver is signed in now. You can send the request, but nothing happens until somebody approves. Telephone an approver, and tell the customer when you will call back. You can lock the account or suspend a stolen passkey on your own.',
  adminsNone:
    'No other admin is signed in now. You can send the request, but nothing happens until another admin approves. Telephone one.',
  submit: 'Send the request',
  review: 'Before you send',
  reviewText:
    'The customer is told by e-mail about this request, and whom to call if it was not theirs.',
  operatorName: 'Name',
  operatorLoginId: 'Login ID of their own account',
  operatorLoginIdHint: 'If they are a customer too. They cannot act on that account.',
  operatorRoles: 'Roles',
  operatorEmail: 'Contact address',
  operatorEmailHint:
    'Used for notices of enrolment and changed roles. Without one, the admins get them.',
  roleDoes: {
    agent: 'looks at accounts, locks them, makes requests',
    approver: 'approves requests, investigates',
    admin: 'manages operators, cannot act on accounts',
    auditor: 'reads and exports records, changes nothing',
  },
  halves:
    'Once approved, half of the code is shown to the approver and half to you, once each. Each of you hands theirs to the person directly.',
  methods: 'telephone, in person …',
  rolesHint: 'An admin cannot be an agent or approver too.',
  about: 'About',
  back: 'Back',
  manyText:
    'For when somebody who knows passwords of others has stopped many accounts: it concerns those that were locked by nothing but emergency stops from browsers that they did not know.',
  stoppedFrom: 'IP address of the stops',
  stoppedFromHint: 'It stands in the alert “A burst of emergency stops”.',
  stoppedSince: 'Since',
  manyNote: 'The text names the accounts; each is checked again when it is done, and gets a hold.',
}
