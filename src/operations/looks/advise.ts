// What to tell a caller: from what the records say of the last day to a cause each; the words are elsewhere.
import type { Account } from '../../domain/accounts/account.ts'
import { isRedeemable } from '../../domain/accounts/activation.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import type { PasskeyOnRecord } from '../../domain/passkeys/on-record.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import { placeKindOf } from '../../domain/passkeys/place.ts'
import { currentStop } from '../../domain/stops/level.ts'
import type { CodeWait } from '../../domain/throttle/codes.ts'
import { minuteFrom } from '../../kernel/clock.ts'
import { codeLifetime } from '../../limits/codes.ts'
import { dialogTakes } from '../../limits/desk.ts'
import { passwordWaits } from '../../limits/passwords.ts'
import type { AdviceCause } from '../../text/advice/ja.ts'

/** An event of the trail, as far as it tells causes. */
export interface Try {
  readonly event: string
  readonly at: number
  readonly detail: Readonly<Record<string, unknown>>
}

interface Records {
  readonly account: Account
  readonly now: number
  /** The latest first. */
  readonly tries: readonly Try[]
  readonly passkeys: readonly PasskeyOnRecord[]
  readonly mails: readonly { kind: string; state: string; writtenAt: number; at: number | null }[]
  readonly signIns: readonly { createdAt: number }[]
  readonly hasOpenCase: boolean
  /** What is refused for a while, as it is stored: for codes of each purpose, for one more code, for activation codes. */
  readonly waits: {
    readonly codes: readonly CodeWait[]
    readonly unusedCodes: number
    readonly activation: number
  }
}

interface Advice {
  readonly cause: AdviceCause
  readonly count?: number
  readonly at?: number
}

/** The events that `advise` reads. */
export const triesRead = [
  'authn_login_success',
  'authn_login_fail',
  'authn_login_unlock',
  'authn_password_success',
  'authn_passkey_fail',
  'authn_passkey_counter',
  'authn_code_fail',
  'authn_code_sent',
  'authn_recovery_begun',
  'authn_recovery_fail',
] as const

/** What ends the waits after wrong passwords and codes, and their counts. */
const endsWaits = ['authn_login_success', 'authn_login_unlock'] as const

/** The causes, the gravest first; `nothing` alone when there is none. */
export function advise(records: Records): readonly Advice[] {
  const { account, now } = records
  if (account.lockReason === 'erased') return [{ cause: 'erased' }]
  if (account.lockReason === 'closed') return [{ cause: 'closed' }]
  const hold = currentHold(account, now)
  const all: readonly (Advice | null)[] = [
    records.hasOpenCase ? { cause: 'case-open' } : null,
    ...ofDanger(records),
    ...ofLocks(records),
    ...ofPassword(records),
    records.waits.codes.some(({ isStop }) => isStop) ? { cause: 'codes-stopped' } : null,
    ...(account.secondFactor === 'passkey'
      ? ofPasskey(records)
      : [...ofActivation(records), ...ofCode(records)]),
    records.signIns.length > 0 && !refusesCodes(records) ? { cause: 'at-second-factor' } : null,
    hold && { cause: account.lockedAt === null ? 'hold' : 'hold-locked', at: hold.until },
  ]
  const found = all.filter((one) => one !== null)
  return found.length > 0 ? found : [{ cause: 'nothing' }]
}

/** What is not the caller's mistake. */
function ofDanger({ tries }: Records): (Advice | null)[] {
  const elsewhere = tries.find((one) => isRefusal(one, ...ofAnotherSite))
  const copied = tries.find(({ event }) => event === 'authn_passkey_counter')
  return [
    elsewhere ? { cause: 'phishing', at: elsewhere.at } : null,
    copied ? { cause: 'copied', at: copied.at } : null,
  ]
}

function ofLocks({ account, passkeys, now }: Records): (Advice | null)[] {
  const { lockedAt, lockReason, secondFactor } = account
  const stop = currentStop(account)
  const kept = passkeys.filter(({ removedAt }) => removedAt === null)
  const suspended = kept.filter((one) => !isLive(one)).length
  const isStuck = secondFactor === 'passkey' && suspended === kept.length
  // One thing after the other is refused: reopening alone lets nobody in, and the same two open nothing again today.
  const stopped: Advice | null = stop && {
    cause: stop.level === 'trading' ? 'trading-stopped' : 'withdrawal-stopped',
    at: stop.since,
  }
  if (isStuck && lockedAt !== null) {
    return [{ cause: 'locked-without-passkey', at: lockedAt }, stopped]
  }
  return [
    lockReason === 'support' && lockedAt !== null
      ? { cause: 'locked-by-support', at: lockedAt }
      : null,
    lockReason === 'holder' && lockedAt !== null
      ? { cause: 'stopped-by-holder', at: lockedAt }
      : null,
    lockReason === 'guessing' ? { cause: 'locked-by-guessing' } : null,
    lockReason === 'guessing' && isRedeemable(account, now) ? { cause: 'activation-locked' } : null,
    stopped,
    isStuck ? { cause: 'no-live-passkey' } : null,
    suspended > 0 ? { cause: 'suspended', count: suspended } : null,
  ]
}

/** Wrong passwords since the last right one, or since the account was unlocked, which ends every wait. */
function ofPassword({ tries }: Records): (Advice | null)[] {
  const wrong = since(tries, ['authn_password_success', ...endsWaits]).filter(
    ({ event, detail }) => event === 'authn_login_fail' && detail['factor'] === 'password',
  )
  if (wrong.length === 0) return [null]
  const firstWait = Math.min(...passwordWaits.after.keys())
  const waits = wrong.length >= firstWait || wrong.some(({ detail }) => detail['why'] === 'waiting')
  return [{ cause: waits ? 'password-waits' : 'password-wrong', count: wrong.length }]
}

/** Wrong activation codes since the last right one, since a sign-in, which ends every code, or since an unlocking. */
function ofActivation({ tries, now, waits }: Records): (Advice | null)[] {
  const asked = since(tries, endsWaits).filter(({ detail }) => detail['kind'] === 'activation')
  const failed = since(asked, ['authn_recovery_begun']).filter(
    ({ event }) => event === 'authn_recovery_fail',
  )
  const count = failed.filter(({ detail }) => detail['why'] !== 'waiting').length
  if (count === 0) return [null]
  if (waits.activation <= now) return [{ cause: 'activation-wrong', count }]
  return [{ cause: 'activation-waits', count, at: minuteFrom(waits.activation) }]
}

/** What became of the passkey since the last finished sign-in. */
function ofPasskey({ tries, passkeys, now }: Records): (Advice | null)[] {
  const open = since(tries, ['authn_login_success'])
  const asked = open.filter(
    ({ event, at, detail }) =>
      event === 'authn_password_success' && detail['next'] === 'passkey' && at <= now - dialogTakes,
  )
  const answers = open.filter(({ event, detail }) => {
    return event === 'authn_passkey_fail' && detail['purpose'] === 'sign-in'
  })
  const unanswered = asked.length - answers.length
  return [
    unanswered > 0 ? { cause: noAnswerFrom(passkeys), count: unanswered } : null,
    ...ofAnswers(answers),
  ]
}

function ofAnswers(answers: readonly Try[]): (Advice | null)[] {
  const [latest] = answers
  if (!latest || isRefusal(latest, ...ofAnotherSite)) return [null]
  const cause = refusals.find(([, ...reasons]) => isRefusal(latest, ...reasons))?.[0]
  return [{ cause: cause ?? 'passkey-refused', count: answers.length, at: latest.at }]
}

const ofAnotherSite = ['origin', 'rpIdHash'] as const

/** What the reasons of refused answers mean. */
const refusals: readonly (readonly [cause: AdviceCause, ...reasons: string[]])[] = [
  ['passkey-removed', 'no live passkey of this account'],
  ['passkey-other', 'another passkey than the chosen one'],
  ['passkey-unlocked', 'user not verified'],
]

function isRefusal({ event, detail }: Try, ...reasons: readonly string[]): boolean {
  return event === 'authn_passkey_fail' && reasons.includes(String(detail['reason']))
}

/** Where the passkeys are that did not answer. */
function noAnswerFrom(passkeys: readonly PasskeyOnRecord[]): AdviceCause {
  const live = passkeys.filter((one) => one.removedAt === null && isLive(one))
  const kinds = new Set(live.map((one) => placeKindOf(one)))
  if (kinds.size !== 1) return 'no-answer'
  if (kinds.has('phone')) return 'no-answer-phone'
  return kinds.has('this-device') ? 'no-answer-device' : 'no-answer'
}

/** Whether even the right code of a sign-in is refused (rule 14). */
function refusesCodes({ account, waits }: Records): boolean {
  if (account.secondFactor !== 'email') return false
  return waits.codes.some(({ purpose }) => purpose === 'sign-in')
}

/** What became of the codes since the last finished sign-in. */
function ofCode(records: Records): (Advice | null)[] {
  const { tries, mails, now, waits } = records
  const open = since(tries, ['authn_login_success'])
  const counted = since(tries, endsWaits)
  const wrong = counted.filter(({ event }) => event === 'authn_code_fail')
  const ending = waits.codes.filter(({ purpose, isStop }) => purpose === 'sign-in' && !isStop)
  const until = Math.max(waits.unusedCodes, ...ending.map((one) => one.until))
  const isRefused = refusesCodes(records)
  const mailOf = (sent: Try | undefined) =>
    sent &&
    mails.find(({ kind, writtenAt }) => kind === sent.detail['purpose'] && writtenAt === sent.at)
  const sent = open.filter(({ event }) => event === 'authn_code_sent')
  const mail = mailOf(sent[0])
  const late = mail?.state === 'waiting' && mail.writtenAt <= now - dialogTakes
  // Anybody may have a code sent for a forgotten password, and those of a session are read by who is in it.
  const forSignIn = sent.find(({ detail }) => detail['purpose'] === 'sign-in')
  const taken = forSignIn && forSignIn.at + codeLifetime > now ? mailOf(forSignIn) : undefined
  return [
    mail?.state === 'undelivered' ? { cause: 'mail-undelivered', at: mail.writtenAt } : null,
    late ? { cause: 'mail-waiting', at: mail.writtenAt } : null,
    taken?.state === 'sent' && !isRefused
      ? { cause: 'mail-taken', at: taken.at ?? taken.writtenAt }
      : null,
    wrong.length > 0 && !isRefused ? { cause: 'code-wrong', count: wrong.length } : null,
    until > now ? { cause: 'code-waits', at: minuteFrom(until) } : null,
  ]
}

/** The tries after the last of these events. */
function since(tries: readonly Try[], events: readonly string[]): readonly Try[] {
  const end = tries.findIndex(({ event }) => events.includes(event))
  return end === -1 ? tries : tries.slice(0, end)
}
