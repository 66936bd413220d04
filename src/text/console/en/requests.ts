import { activationLifetime } from '../../../limits/recoveries.ts'
import { pairRemembered, requestLifetime } from '../../../limits/requests.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

/** How long a pair is remembered. */
const remembered = inWords(pairRemembered, 'en')

export const requestStates: ConsoleTexts['requestStates'] = {
  waiting: 'waiting for approval',
  approved: 'approved, takes effect later',
  done: 'done',
  refused: 'refused',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  lapsed: 'lapsed',
}

export const requests: ConsoleTexts['requests'] = {
  title: 'Requests',
  lead: `A request takes effect when another operator approves it. It lapses after ${inWords(requestLifetime, 'en')}.`,
  mine: 'Waiting for your approval',
  reopenMany: 'Request to unlock many accounts',
  mineNone: 'No request waits for your approval.',
  others: 'Other requests',
  othersNone: 'There are no requests yet.',
  act: 'Act',
  about: 'About',
  asker: 'Asked by',
  askedAt: 'Asked',
  state: 'State',
  ends: 'Lapses',
  ownHint: 'yours',
  filter: 'State',
  all: 'All',
  apply: 'Filter',
  more: 'Show more',
}

export const request: ConsoleTexts['request'] = {
  title: (acts) => `Request: ${acts}`,
  plainTitle: 'What your approval does',
  plainTitleClosed: 'What was requested',
  signedTitle: 'The text that is signed',
  signedNote:
    'Your passkey signs exactly the following text. The explanation above is made from it.',
  digest: 'Digest of the text (SHA-256)',
  facts: 'The request',
  account: 'Account',
  operator: 'Operator',
  asker: 'Asked by',
  askedAt: 'Asked at',
  expiresAt: 'Lapses at',
  approver: 'Approver',
  decidedAt: 'Decided at',
  takesEffectAt: 'Takes effect at',
  doneAt: 'Done at',
  closedReason: 'Why it ended',
  checks: 'Identity checks',
  noChecks: 'This act needs no identity check.',
  method: 'How',
  number: 'Number called back',
  at: 'When',
  approve: 'Approve',
  approveHint: 'You sign the text with your passkey.',
  refuse: 'Refuse',
  refuseTitle: 'Refuse this request',
  refuseReason: 'Why you refuse',
  refuseSubmit: 'Refuse with this reason',
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this request',
  withdrawText: 'A withdrawn request cannot be restored. If it is needed, make a new one.',
  withdrawSubmit: 'Withdraw the request',
  waitsUntil:
    'It is approved. Until it takes effect, the customer and the desk can cancel it. Takes effect at:',
  done: 'It is done.',
  closed: {
    refused: 'It was refused. Read the reason, and make a new request if it is still needed.',
    withdrawn: 'Its asker withdrew it.',
    cancelled: 'It was cancelled before it took effect.',
    lapsed:
      'It has lapsed: its time ran out, something it states has changed, or the asker or approver may no longer do it. If it is still needed, check how things stand now and make a new request.',
  },
  lapses: {
    expired: 'Nobody approved it in time.',
    changed: 'Something it states has changed since.',
    right_ended: 'The asker or the approver may no longer do this.',
    by_holder: 'The customer cancelled it.',
    by_support: 'Somebody at the desk cancelled it.',
    caller_said_no: 'The customer said that the call was not theirs.',
    erased: 'The records of the account were erased.',
    case_open: 'A case was opened for the account.',
  },
  obstacles: {
    own_request: 'This is your request. It waits for another operator’s approval.',
    role: 'Your roles do not let you approve this request.',
    own_account: 'You cannot approve a request about your own account. Ask another approver.',
    own_change: 'You cannot approve a request about yourself. Ask another admin.',
    made_each_other: `Within ${remembered} one of you two added the other, or gave the other a role or a code. Ask another approver.`,
    made_lately: `Within ${remembered} you were added, or given a role or a code. Ask another approver.`,
    same_pair: `Within ${remembered} the two of you restored sign-in or withdrawals for this account. Ask another approver.`,
    turned_case: `Within ${remembered} you closed a case of this account or took it from another approver. Ask another approver.`,
    case: 'A case of this account is open: only the approver who investigates it can approve.',
  },
  showHalf: 'Show my half (once)',
  handOverTitle: 'Half of the enrolment code, shown only now',
  approverHalf: 'The approver’s half',
  approverHand:
    'Give this half to the person who enrols, yourself: read it out on the telephone or show it in person. Never write it into a mail or chat.',
  askerHalf: 'The asker’s half',
  askerHand:
    'Give this half to the person who enrols, yourself. The approver gives the other half. They type the approver’s half first, then this one.',
  activationCode: 'The activation code',
  activationHand: `Give it to the customer: in a letter to the address on record, or by telephone on the number on record. Never write it into a mail. It works once, within ${inWords(activationLifetime, 'en')}, together with a code by e-mail. Once it is shown here, no export of letters has it.`,
  showActivation: 'Show the activation code (once)',
  noted: 'I have noted it',
  receipt: 'Save the receipt (JSON)',
  receiptHint: 'The receipt can be verified without this server.',
  back: 'To the list of requests',
}
