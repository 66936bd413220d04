import { wrongCallNumbers } from '../../../kernel/limits.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const alerts: ConsoleTexts['alerts'] = {
  title: 'Alerts',
  lead: 'What supervisors and auditors should see. Nobody can take one away.',
  list: 'What to look at',
  none: 'There is nothing yet.',
  at: 'When',
  kind: 'What',
  who: 'Operators',
  account: 'Account',
  open: 'Open the account',
  more: 'Show more',
  cases: 'Accounts under investigation',
  noCases: 'There are none.',
  exportLooks: 'Export searches, reveals, exports and alerts (JSON)',
  kinds: {
    'many-by-pair': 'Many acts by one pair',
    'request-at-night': 'A request at night',
    'recovered-then-changed': 'An address changed after a recovery',
    'reveal-without-ticket': 'Data shown without a ticket',
    'too-many-requests': 'The limit of requests',
    'too-many-searches': 'The limit of searches',
    'too-many-reveals': 'The limit of reveals',
    'own-account': 'An operator’s own account',
    'operator-by-command': 'Operators changed by command',
    'operator-counter': 'Something odd about an operator’s passkey',
    'caller-said-no': 'A customer said: I did not call',
    'case-opened': 'A case was opened',
    'holder-cancelled': 'Cancelled by the customer',
  },
  does: {
    'many-by-pair': 'Read their requests and approvals again, beside the tickets.',
    'request-at-night': 'The desk was closed. Ask the operator.',
    'recovered-then-changed':
      'This is how accounts are taken over. Call the customer on the number on record; lock the account if need be.',
    'reveal-without-ticket': 'Ask the operator what it was for.',
    'too-many-requests': 'Read the requests again.',
    'too-many-searches': 'Ask the operator what was being looked for.',
    'too-many-reveals': 'Ask the operator what it was for.',
    'own-account': 'An operator tried to touch their own account, and was refused. Ask why.',
    'operator-by-command':
      'If nobody knows of it, delete that operator and ask those who run the system.',
    'operator-counter':
      'The passkey may have been copied. Issue a new enrolment code, which ends the old ones.',
    'caller-said-no':
      'Somebody pretended to be the customer. The open requests have ended. Tell the customer on the number on record.',
    'case-opened': 'An approver should take it on.',
    'holder-cancelled':
      'The customer cancelled what was approved. Call the number on record and ask who had called.',
  },
}

export const cases: ConsoleTexts['cases'] = {
  title: (loginId) => `Case: ${loginId}`,
  claim: 'Claim',
  openedAt: 'Opened',
  openedBy: 'Opened by',
  closedAt: 'Closed',
  closedBy: 'Closed by',
  open: 'under investigation',
  closed: 'closed',
  nobody: 'nobody yet',
  means:
    'Only the investigator can approve what opens the account. Sign-ins are not stopped: to stop them, lock the account.',
  take: 'Take this case on',
  takeHint: 'From then on nobody but you can approve what opens this account.',
  close: 'Close the case',
  closeByAnother: 'Another approver than the one who opened it can close it.',
  closeTitle: 'Close the case',
  closeSubmit: 'Record the outcome and close',
  outcome: 'Outcome',
  export: 'Export the records (JSON)',
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
  wrong: `After ${wrongCallNumbers.failures} wrong numbers you have to wait ${inWords(wrongCallNumbers.window, 'en')}.`,
}
