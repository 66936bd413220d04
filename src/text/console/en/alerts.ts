import type { ConsoleTexts } from '../console-texts.ts'

export const alerts: ConsoleTexts['alerts'] = {
  title: 'Alerts',
  lead: 'What admins and auditors should see.',
  none: 'There is nothing to look at.',
  at: 'When',
  kind: 'What',
  who: 'Operators',
  account: 'Account',
  detail: 'Detail',
  open: 'Open',
  more: 'Show more',
}

export const cases: ConsoleTexts['cases'] = {
  title: (loginId) => `Case: ${loginId}`,
  claim: 'Claim',
  openedAt: 'Opened',
  openedBy: 'Opened by',
  closedAt: 'Closed',
  open: 'under investigation',
  closed: 'closed',
  timeline: 'Time-line',
  note: 'Add an entry',
  noteSubmit: 'Add',
  close: 'Close the case',
  closeTitle: 'Close the case',
  closeSubmit: 'Record the end of the case',
  outcome: 'Outcome',
  export: 'Export (JSON)',
  toAccount: 'Open the account',
  investigator: 'Investigator',
}

export const calls: ConsoleTexts['calls'] = {
  title: 'Call numbers',
  lead: 'The eight digits on the customer’s page. With them you see what the customer sees.',
  number: 'Call number',
  submit: 'Look up',
  hint: 'A number does not tell who is calling. Say only what the page offers.',
  say: 'What to say to the caller',
  inEnglish: 'The same in English',
  sees: 'What the caller sees',
  tries: 'The last tries',
  known: 'What is known',
  check: 'Identity check',
  checkHint:
    'The caller’s page asks a question. Read out the two digits, which the caller types. It counts for this act alone.',
  checkAct: 'Act',
  sendCheck: 'Send the identity check',
  readOut: 'Read these two digits out to the caller.',
  toAccount: 'Open the account',
  checkStates: {
    asked: 'The caller’s page is asking.',
    heard: 'The digits were right. Waiting for the caller’s passkey.',
    done: 'The caller is verified.',
    denied:
      'The customer says that they did not call you. The open requests of the account have ended. Tell the caller nothing, and inform your supervisor.',
    failed: 'The digits were wrong and this check is over. Verify the caller in another way.',
    replaced: 'A newer question took its place.',
  },
  wrong: 'After five wrong numbers you have to wait ten minutes.',
}
