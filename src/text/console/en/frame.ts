import { operatorIdle, operatorLongest } from '../../../limits/operators.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const frame: ConsoleTexts['frame'] = {
  title: (page, brand) => `${page} | ${brand} support desk`,
  mark: 'Support desk only',
  otherLanguage: '日本語',
  skip: 'Skip to content',
  navigation: 'Work',
  pages: {
    accounts: 'Accounts',
    calls: 'Call numbers',
    requests: 'Requests',
    alerts: 'Alerts',
    operators: 'Operators',
    me: 'My passkeys',
  },
  signedInAs: (name, roles) => `${name} (${roles})`,
  sessionEnds: 'Signed out in',
  signOut: 'Sign out',
  requestId: (id) => `Reference number: ${id}`,
  toStart: 'To the first page',
  noScript:
    'This page needs JavaScript. Turn it on in the settings of your browser, then load the page again.',
  quoted: (text) => ` “${text}”`,
  inBrackets: (text) => ` (${text})`,
  listed: ', ',
  none: 'None',
  unknown: 'Unknown',
  close: 'Close',
  cancel: 'Cancel',
  reason: 'Reason',
  ticket: 'Ticket number',
  reasonHint:
    'Write why, so that a later reader understands. It stays on record: write no names, addresses or other personal data. Customers never see it.',
  ticketHint: 'The number in your ticket system.',
  session: {
    title: 'You will soon be signed out',
    text: `You are signed out after ${inWords(operatorIdle, 'en')} without activity. To continue, press “Continue”. What you have typed stays.`,
    lastText: `You are signed out ${inWords(operatorLongest, 'en')} after signing in. This cannot be extended; finish what you are typing.`,
    goOn: 'Continue',
    dismiss: 'Close',
    overTitle: 'You were signed out',
    overNote:
      'Customers’ data were taken off the screen. What you typed is still in this page: sign in again and go on from there.',
    signIn: 'Sign in again with your passkey',
  },
}

export const shortcuts: ConsoleTexts['shortcuts'] = {
  title: 'Keyboard',
  open: 'Show the keyboard shortcuts',
  intro:
    'They never work while you type. If they get in the way of your browser or screen reader, turn them off.',
  on: 'Use single-key shortcuts',
  keys: 'Keys',
  does: 'What they do',
  rows: {
    search: 'Search for an account',
    help: 'Open this list',
    next: 'Next row of a list',
    previous: 'Previous row of a list',
    open: 'Open the chosen row',
    accounts: 'To accounts',
    calls: 'To call numbers',
    requests: 'To requests',
    alerts: 'To alerts',
    operators: 'To operators',
    me: 'To my passkeys',
    close: 'Close what is open',
  },
  then: 'then',
}

export const roles: ConsoleTexts['roles'] = {
  agent: 'agent',
  approver: 'approver',
  admin: 'admin',
  auditor: 'auditor',
}

export const acts: ConsoleTexts['acts'] = {
  'remove-passkey': 'Remove a passkey',
  'resume-passkey': 'Resume a suspended passkey',
  reopen: 'Unlock the account',
  'reopen-many': 'Unlock many accounts',
  'change-email': 'Change the e-mail address',
  'activation-code': 'Issue an activation code',
  'end-hold': 'End a hold',
  'add-operator': 'Add an operator',
  'change-roles': 'Change roles',
  'enrolment-code': 'Issue an enrolment code',
}
