// Why a caller is stuck, and what can be done about it: by what the page has shown last, else by where it is.
import type { CallNumber } from '../../../domain/calls/call.ts'
import type { CallFailure, CallPage } from '../../../domain/vocabulary/calls.ts'
import type { AccountAct } from '../../../domain/vocabulary/desk.ts'
import type { CodePurpose } from '../../../domain/vocabulary/purposes.ts'
import type { CallCause } from '../../../text/console/calls/calls-texts.ts'
import { findFacts } from '../../../text/environments.ts'
import { fits, type AsItIs } from '../asking/fits.ts'

const byFailure = {
  notAllowed: 'notFound',
  timedOut: 'timedOut',
  atOnce: 'notFound',
  invalidState: 'notReady',
  constraint: 'screenLock',
  notSupported: 'deviceTrouble',
  unknownPasskey: 'unknownPasskey',
  unsupported: 'unsupported',
  security: 'wrongSite',
  pending: 'otherWindow',
  trouble: 'deviceTrouble',
  unreadable: 'deviceTrouble',
  fault: 'deviceTrouble',
  unexpectedDialog: 'deviceTrouble',
  unreachable: 'connection',
  unexpected: 'connection',
  scriptFailed: 'connection',
  unloaded: 'connection',
  busy: 'connection',
  sign_in_refused: 'passwordWrong',
  too_many_attempts: 'tooMany',
  too_many_codes: 'tooManyCodes',
  code_wrong: 'codeWrong',
  code_expired: 'codeOld',
  code_spent: 'codeOld',
  passkey_not_verified: 'notVerified',
  ceremony_expired: 'timedOut',
  no_sign_in: 'over',
  not_signed_in: 'over',
  sign_in_again: 'over',
  start_again: 'changed',
  name_taken: 'nameTaken',
  passkey_known: 'alreadyThere',
  too_many_passkeys: 'full',
  activation_refused: 'activationRefused',
  password_not_allowed: 'passwordNotAllowed',
  application_refused: 'atApplication',
  interaction_over: 'atApplication',
} as const satisfies Readonly<Record<CallFailure, CallCause>>

const byPage = {
  'sign-in': 'atSignIn',
  forgotten: 'atForgotten',
  'forgotten-code': 'atRecoveryCode',
  'forgotten-passkey': 'atForgottenPasskey',
  'forgotten-support': 'atForgottenSupport',
  activation: 'atActivation',
  'activation-code': 'atRecoveryCode',
  'new-password': 'atNewPassword',
  application: 'atApplication',
  'email-code': 'atEmailCode',
  passkey: 'atPasskey',
  registration: 'atRegistration',
  'second-factor': 'atSecondFactor',
  'step-up': 'atPasskey',
  portal: 'atPortal',
  pending: 'atPending',
} as const satisfies Readonly<Record<CallPage, CallCause>>

/** No passkey is used there, so that a browser inside another app does. */
const withoutPasskey: ReadonlySet<CallPage> = new Set([
  'email-code',
  'forgotten',
  'forgotten-code',
  'forgotten-support',
  'activation',
  'activation-code',
  'new-password',
  'application',
])

/** What support may offer beside its words. */
const offers: Readonly<Partial<Record<CallCause, readonly AccountAct[]>>> = {
  notFound: ['remove-passkey'],
  unknownPasskey: ['remove-passkey'],
  screenLock: ['remove-passkey'],
  deviceTrouble: ['remove-passkey'],
  full: ['remove-passkey'],
  atPasskey: ['remove-passkey'],
  atEmailCode: ['change-email'],
  tooMany: ['reopen'],
  passwordWrong: ['reopen'],
  atForgottenPasskey: ['remove-passkey'],
  atForgottenSupport: ['activation-code'],
  atActivation: ['activation-code'],
  activationRefused: ['activation-code', 'reopen'],
  atPortal: ['remove-passkey', 'change-email'],
}

/** What an account may call for by itself. */
const byState = ['end-hold', 'reopen'] as const satisfies readonly AccountAct[]

/** The purposes of the codes that a page asks for. */
const codesAt: Readonly<Partial<Record<CallPage, readonly CodePurpose[]>>> = {
  'email-code': ['sign-in'],
  registration: ['passkey-registration'],
  portal: ['change', 'new-email', 'old-email', 'notice-email'],
}

/** The cause; the step is null where the page's sign-in or session has ended. */
export function causeOf(
  call: CallNumber,
  step: string | null,
  stoppedCodes: readonly CodePurpose[],
): CallCause {
  const areStopped = codesAt[call.page]?.some((purpose) => stoppedCodes.includes(purpose)) ?? false
  const meetsThem = call.failure === 'too_many_codes' || call.page === 'email-code'
  if (areStopped && meetsThem) return 'codesStopped'
  if (step === null) return 'over'
  if (isInApp(call) && !withoutPasskey.has(call.page)) return 'inApp'
  return call.failure === null ? byPage[call.page] : byFailure[call.failure]
}

/** The acts to offer: those that the account calls for too, and none that cannot be done to it as it is. */
export function offersOf(cause: CallCause, account: AsItIs | null): readonly AccountAct[] {
  const said = offers[cause] ?? []
  if (account === null) return said
  return [...new Set([...said, ...byState])].filter((act) => fits(act, account))
}

function isInApp(call: CallNumber): boolean {
  return findFacts('app', call).some(({ sign, works }) => sign === undefined && works === 'no')
}
