// Domain words of telephone calls with support, stored in the database as they are.
import type { AccountAct } from './desk.ts'

/**
 * Pages outside of any sign-in or session. Their numbers have no account: whoever types a login ID there has proven
 * too little for support to tell what the account has, or that there is one (rule 44).
 */
const unboundCallPages = [
  'sign-in',
  'forgotten',
  'forgotten-code',
  'forgotten-passkey',
  'forgotten-support',
  'activation',
  'activation-code',
  'new-password',
  'application',
] as const

/** The pages on which somebody may be stuck, as the page itself names them. */
export const callPages = [
  ...unboundCallPages,
  'email-code',
  'passkey',
  'registration',
  'second-factor',
  'step-up',
  'portal',
  'pending',
] as const
export type CallPage = (typeof callPages)[number]

export function isUnbound(page: CallPage): page is (typeof unboundCallPages)[number] {
  return (unboundCallPages as readonly CallPage[]).includes(page)
}

/** The failures that a page may have shown last: of its dialogs, its connection, and refusals. */
export const callFailures = [
  'notAllowed',
  'timedOut',
  'atOnce',
  'invalidState',
  'constraint',
  'notSupported',
  'unknownPasskey',
  'unsupported',
  'security',
  'pending',
  'trouble',
  'unreadable',
  'fault',
  'unexpectedDialog',
  'unreachable',
  'unexpected',
  'scriptFailed',
  'unloaded',
  'busy',
  'sign_in_refused',
  'too_many_attempts',
  'too_many_codes',
  'code_wrong',
  'code_expired',
  'code_spent',
  'passkey_not_verified',
  'ceremony_expired',
  'no_sign_in',
  'not_signed_in',
  'sign_in_again',
  'start_again',
  'name_taken',
  'passkey_known',
  'too_many_passkeys',
  'activation_refused',
  'password_not_allowed',
  'application_refused',
  'interaction_over',
] as const
export type CallFailure = (typeof callFailures)[number]

/** The acts for which a page can check who calls: those for one account that has something to prove with. */
export const pageCheckActs = [
  'remove-passkey',
  'resume-passkey',
  'reopen',
  'change-email',
  'activation-code',
  'end-hold',
] as const satisfies readonly AccountAct[]
export type PageCheckAct = (typeof pageCheckActs)[number]

/**
 * `asked`: the page asks; `heard`: the digits were right, and a passkey is asked for; `done`: proven. The others
 * end it: the caller says that it is no call of hers, the digits were wrong, or a new one took its place.
 */
export const pageCheckStates = ['asked', 'heard', 'done', 'denied', 'failed', 'replaced'] as const
export type PageCheckState = (typeof pageCheckStates)[number]

/** Why the broker calls, in our own words alone. */
export const brokerCallPurposes = [
  'called-back',
  'unusual-activity',
  'account-change',
  'undelivered-mail',
  'other-inquiry',
] as const
export type BrokerCallPurpose = (typeof brokerCallPurposes)[number]

/** The name of the check by a page among SEKISHO_SUPPORT_CHECKS: nobody can tick it by hand. */
export const pageCheckName = 'page'
