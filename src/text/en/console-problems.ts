import { pageChecksPerAccount } from '../../limits/calls.ts'
import { asksPerAccount } from '../../limits/requests.ts'
import { inWords } from '../in-words.ts'
import type { Texts } from '../texts.ts'
import { operatorProblems } from './operator-problems.ts'

export const consoleProblems: Texts['consoleProblems'] = {
  ...operatorProblems,
  not_allowed: {
    title: 'You are not allowed to do this',
    detail:
      'Your role does not include it, or it concerns yourself. Ask a colleague who has the role for it.',
  },
  not_found: {
    title: 'Not found',
    detail:
      'The address may be wrong, or what you look for has ended or been erased. Begin again at the first page.',
  },
  no_such_passkey: {
    title: 'This passkey cannot be chosen',
    detail:
      'It may have been removed, suspended or resumed since. Open the page again and choose from the list.',
  },
  own_request: {
    title: 'You cannot approve your own request',
    detail: 'Ask another approver than the person who made it.',
  },
  request_closed: {
    title: 'This request is closed',
    detail:
      'It is done, withdrawn or refused, its time is over, or what it was based on has changed since. Look at its state on its page, and make a new one if it is still needed.',
  },
  nothing_to_do: {
    title: 'This has already been done',
    detail: 'There is nothing left to do. Open the account’s page again and check.',
  },
  no_live_passkey: {
    title: 'It cannot be unlocked: no passkey works',
    detail:
      'The account needs a passkey to sign in and has none that works. Ask for a suspended one to be resumed or removed in the same request.',
  },
  passkey_in_force: {
    title: 'No activation code: the account uses a passkey',
    detail:
      'Whoever has the passkey sets a new password on the page for forgotten passwords. If no passkey works any more, request the removal of the last one in the same request.',
  },
  contract_ended: {
    title: 'The contract has ended',
    detail:
      'This cannot be done to an account whose contract has ended. Please ask those who run the system.',
  },
  checks_missing: {
    title: 'Identity checks are missing',
    detail: 'Do all required checks, enter how and when, and send the request again.',
  },
  too_many_reveals: {
    title: 'You have reached the limit of reveals',
    detail:
      'Personal data were shown too often in a short time. Wait a while, or talk to your supervisor.',
  },
  too_many_requests: {
    title: `The limit for ${inWords(asksPerAccount.within, 'en')} is reached`,
    detail:
      'There were many, so your supervisor has been told. If it is urgent, speak to your supervisor.',
  },
  too_many_searches: {
    title: 'You have reached the limit of searches',
    detail:
      'Many searches came in a short time, so they are stopped. Wait a while, or ask your supervisor.',
  },
  too_many_checks: {
    title: 'No more identity checks by the page',
    detail: `An account is asked through its page ${pageChecksPerAccount.failures} times in ${inWords(pageChecksPerAccount.window, 'en')} at most. Verify the caller in another way, or ask your supervisor.`,
  },
  case_open: {
    title: 'This account is under investigation',
    detail:
      'Somebody may have taken it over. Only the approver who has taken the case can approve anything that restores sign-in or withdrawals. If nobody has taken it yet, ask an approver to. Tell the caller that the check takes time.',
  },
  case_closed: {
    title: 'This case is closed',
    detail:
      'Open the page again and look at how the account stands. Open a new case if you need one.',
  },
  not_checkable: {
    title: 'No check can be sent to this page',
    detail:
      'The customer has not given the password yet, or has no passkey to confirm with. Check the identity in another way.',
  },
  not_signed_in: {
    title: 'Please sign in',
    detail:
      'You are not signed in, or you were signed out after a period of inactivity. Sign in again with your passkey.',
  },
  start_again: {
    title: 'Please start again',
    detail:
      'Roles, a passkey, or the customer’s account changed in the meantime. Open the page again and check it before you go on.',
  },
  passkey_not_verified: {
    title: 'The passkey could not be verified',
    detail:
      'Try again. Where a registered passkey is asked for, choose your own that is on this device. If this keeps happening, tell an admin.',
  },
  internal_error: {
    title: 'This could not be completed',
    detail:
      'Something went wrong in our system. Wait a little and try again. If this keeps happening, tell those who run it the reference number.',
  },
}

export const consoleProblemsByWhy: Texts['consoleProblemsByWhy'] = {
  nothing_to_do: {
    ends_by_itself: {
      title: 'The hold ends by itself before that',
      detail:
        'The wait after an approval is longer than what is left of this hold. It ends by itself, and needs no request.',
    },
  },
  invalid_request: {
    hold_begun: {
      title: 'The end of a hold is a request of its own',
      detail:
        'Another of the chosen acts begins a hold. Send the request without “End a hold”, and request the end of that hold on its own, once the rest is done.',
    },
  },
}
