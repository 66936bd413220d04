import type { ConsoleTexts } from '../console-texts.ts'

export const asking: ConsoleTexts['asking'] = {
  title: 'Make a request',
  acts: 'Acts',
  actsHint:
    'Acts for one account go into one request: they are approved together and done together.',
  whichPasskey: 'Which passkey',
  newEmail: 'New e-mail address',
  checks: 'Identity checks',
  checkByPage:
    'A check through the page of the customer is needed too. Send it from the page for call numbers; the server notes it when the customer has done it.',
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
  numberHint: 'The number on record. One that was changed lately is no check.',
  bound: 'A passkey registered since the hold began is no check.',
  approversTitle: 'Who can approve',
  approversSome: 'Somebody who can approve is signed in now.',
  approversNone:
    'No approver is signed in now. You can send the request, but nothing happens until somebody approves. Telephone an approver, and tell the customer when you will call back. If it is urgent, you can lock the account or suspend a stolen passkey alone.',
  adminsNone:
    'No other admin is signed in now. You can send the request, but nothing happens until another admin approves. Telephone one.',
  submit: 'Send the request',
  review: 'Before you send',
  reviewText:
    'The customer is told by mail that this was asked for, with whom to call if it was not them.',
  operatorName: 'Name',
  operatorLoginId: 'Login ID of their own account',
  operatorLoginIdHint: 'If they are a customer too. They cannot touch that account.',
  operatorRoles: 'Roles',
  operatorEmail: 'Contact address',
  operatorEmailHint: 'Is told of enrolment and changes of roles. Without one the admins are told.',
  roleDoes: {
    agent: 'looks, locks, asks',
    approver: 'approves what was asked, investigates',
    admin: 'manages operators, touches no account',
    auditor: 'sees and exports all, does nothing',
  },
  halves:
    'Once approved, half of the code is shown to the approver and half to you, once each. Each of you hands theirs to the person directly.',
  methods: 'telephone, in person …',
  rolesHint: 'An admin cannot be an agent or approver too.',
  about: 'About',
  back: 'Back',
}
