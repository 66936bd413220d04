import { wrongCallNumbers } from '../../../limits/calls.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const alerts: ConsoleTexts['alerts'] = {
  title: 'Alerts',
  lead: 'What supervisors and auditors should look at. Entries cannot be removed.',
  list: 'To look at',
  none: 'There are no alerts.',
  at: 'When',
  kind: 'What',
  who: 'Operators',
  account: 'Account',
  open: 'To the account',
  more: 'Show more',
  stoppedFrom: (network) => `From: ${network}`,
  cases: 'Accounts under investigation',
  noCases: 'There are none.',
  exportLooks: 'Export searches, reveals, exports and alerts (JSON)',
  kinds: {
    'many-by-pair': 'Many acts by the same two people',
    'request-at-night': 'A request at night',
    'recovered-then-changed': 'An e-mail address changed soon after access was restored',
    'reveal-without-ticket': 'Data shown without a ticket',
    'too-many-requests': 'Request limit reached',
    'too-many-calls': 'Call limit reached',
    'too-many-searches': 'Search limit reached',
    'too-many-reveals': 'Reveal limit reached',
    'own-account': 'An operator’s own account',
    'operator-by-command': 'Operators changed by command',
    'operator-counter': 'An operator’s passkey may have been copied',
    'caller-said-no': 'A customer said: I did not call',
    'case-opened': 'A case was opened',
    'many-stops': 'A burst of emergency stops',
    'case-taken-over': 'A case was taken from another approver',
    'case-closed': 'A case was closed',
    'holder-cancelled': 'Cancelled by the customer',
  },
  does: {
    'many-by-pair': 'Compare their requests and approvals with the tickets.',
    'request-at-night': 'The desk was closed. Ask the operator.',
    'recovered-then-changed':
      'Takeovers often look like this. Call the customer on the number on record, and lock the account if necessary.',
    'reveal-without-ticket': 'Ask the operator what it was for.',
    'too-many-requests': 'Read the requests again.',
    'too-many-calls': 'Ask the operator what the calls were for.',
    'too-many-searches': 'Ask the operator what was being looked for.',
    'too-many-reveals': 'Ask the operator what it was for.',
    'own-account':
      'An operator tried to use the console on their own account and was refused. Ask why.',
    'operator-by-command':
      'If nobody knows of it, delete that operator and ask those who run the system.',
    'operator-counter':
      'The passkey may have been copied. Issue a new enrolment code; using it ends the old passkeys.',
    'caller-said-no':
      'Somebody may have pretended to be the customer. All requests not yet approved or waiting to take effect have ended. Tell the customer on the number on record.',
    'case-opened': 'An approver should take it on.',
    'case-taken-over': 'Ask whoever investigated before whether this was agreed.',
    'case-closed': 'Read why, and whether it fits what the customer said.',
    'many-stops':
      'Somebody who knows passwords of others may be stopping their accounts. Check with the customers; if it was mischief, an agent requests “Unlock many accounts”.',
    'holder-cancelled':
      'The customer cancelled what was approved. Call the number on record and ask whether it was they who called.',
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
    'Only the investigator can approve anything that restores sign-in or withdrawals; while there is none, nobody can. Sign-in is not stopped: to stop it, lock the account.',
  take: 'Take this case on',
  takeHint:
    'From then on only you can approve anything that restores sign-in or withdrawals for this account.',
  close: 'Close the case',
  closeByAnother: 'Only an approver who did not open the case can close it.',
  closeTitle: 'Close the case',
  closeSubmit: 'Record the outcome and close',
  outcome: 'Outcome',
  export: 'Export the records (JSON)',
  toAccount: 'To the account',
  investigator: 'Investigator',
}

export const calls: ConsoleTexts['calls'] = {
  title: 'Call numbers',
  lead: 'The eight digits on the customer’s page. They let you see what the customer sees.',
  number: 'Call number',
  submit: 'Look up',
  hint: 'The number does not prove who is calling. Say only what this page offers.',
  say: 'What to say to the caller',
  inEnglish: 'The same in English',
  offers: 'What you may offer',
  sees: 'What the caller sees',
  tries: 'Recent attempts',
  known: 'What is known',
  check: 'Identity check',
  checkHint:
    'The caller’s page asks a question. Read out the two digits, which the caller types. The check counts for this act only.',
  checkAct: 'Act',
  sendCheck: 'Send the identity check',
  readOut: 'Read these two digits out to the caller.',
  toAccount: 'To the account',
  checkStates: {
    asked: 'The caller’s page is asking.',
    heard: 'The digits were right. Waiting for the caller’s passkey.',
    done: 'The caller is verified.',
    denied:
      'The customer says that they did not call. Earlier checks no longer count, and all requests for this account not yet approved or waiting to take effect have ended. Tell the caller nothing, and inform your supervisor.',
    failed: 'The digits were wrong and this check is over. Verify the caller in another way.',
    replaced: 'A newer check took its place.',
  },
  wrong: `After ${wrongCallNumbers.failures} wrong numbers within ${inWords(wrongCallNumbers.window, 'en')} you have to wait for the rest of that time.`,
}
