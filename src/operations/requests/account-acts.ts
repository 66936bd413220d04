// What two operators do to an account, as the text states it that both of them read: `before` holds what makes the
// request void once it is not so any more (rule 38), and `after` says what will be.
import { z } from 'zod'
import type { Account, Hold } from '../../domain/accounts/account.ts'
import { isDeskAddress } from '../../domain/accounts/email.ts'
import { selectMark } from '../../domain/accounts/letters.ts'
import { currentHold } from '../../domain/accounts/withdrawal-hold.ts'
import { actorName } from '../../domain/actor.ts'
import { maskAddress } from '../../domain/email-codes/code.ts'
import { isLive, type Passkey } from '../../domain/passkeys/passkey.ts'
import { plainPlaceOf } from '../../domain/passkeys/place.ts'
import type { ActKind, Asked, Pair, Subject } from '../../domain/requests/act-kind.ts'
import type { Readings } from '../../domain/requests/readings.ts'
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'
import { requireContract } from '../desk/find.ts'
import { putActivationCode } from '../support/activation-code.ts'
import { putEmail } from '../support/change-email.ts'
import { endHold as end } from '../support/end-hold.ts'
import { reopen as reopenLocked } from '../support/lock-account.ts'
import { removePasskey as remove } from '../support/remove-passkey.ts'
import { resumePasskey as resume, suspendPasskey } from '../support/suspend-passkey.ts'
import { sayShut } from './say-shut.ts'

const passkeyValues = z.object({ passkeyId: z.string().refine(isId) })
const emailValues = z.object({ email: z.string().refine(isDeskAddress) })
const noValues = z.object({})

type PasskeyValues = z.output<typeof passkeyValues>

export const removePasskey: ActKind<PasskeyValues> = {
  values: passkeyValues,
  async states(from, on, { passkeyId }, { together }) {
    const account = accountOf(on)
    const passkey = await findPasskey(from, account, passkeyId)
    const last = (await liveAfter(from, account, together)).size === 0
    const { secondFactor } = account
    return {
      before: {
        ...{ passkey: shown(passkey), lastLivePasskey: last, secondFactor },
        ...(await sayShut(from, account)),
      },
      after: {
        passkey: 'removed',
        secondFactor: last ? 'email' : secondFactor,
        hold: last ? 'last_passkey_removed' : null,
        sessions: 'ended',
      },
    }
  },
  async perform(act, on, { passkeyId }, pair) {
    await remove(act, accountOf(on), passkeyId, { by: namesOf(pair), reason: pair.reason })
    return {}
  },
  /** It is dead at once; the other way in, which its removal opens, waits. */
  async closeFirst(act, on, { passkeyId }, pair) {
    await suspendPasskey(act, accountOf(on), { passkeyId, by: namesOf(pair), locks: false })
  },
}

export const resumePasskey: ActKind<PasskeyValues> = {
  values: passkeyValues,
  async states(from, on, { passkeyId }, { together }) {
    const account = accountOf(on)
    const passkey = await findPasskey(from, account, passkeyId)
    if (passkey.suspendedAt === null) throw new Problem('nothing_to_do')
    if (idsOf(together, 'remove-passkey').has(passkeyId)) throw new Problem('no_such_passkey')
    return {
      before: {
        ...{ passkey: shown(passkey), suspendedAt: toIso(passkey.suspendedAt) },
        ...(await sayShut(from, account)),
      },
      after: { passkey: 'live', hold: 'passkey_resumed' },
    }
  },
  async perform(act, on, { passkeyId }) {
    await resume(act, accountOf(on), passkeyId)
    return {}
  },
}

export const reopen: ActKind<z.output<typeof noValues>> = {
  values: noValues,
  async states(from, on, _, { earlier }) {
    const account = accountOf(on)
    const stopped = (await from.stoppedCodes(account.id)) ?? []
    const codes = (purposes: readonly string[]) =>
      stopped.length > 0 && { stoppedCodes: [...purposes] }
    const { lockedAt, lockReason } = account
    if (lockedAt === null) {
      if (stopped.length === 0) throw new Problem('nothing_to_do')
      const before = { ...(await sayShut(from, account)), ...codes(stopped) }
      return { before, after: { ...codes([]), hold: null } }
    }
    if (!(await letsIn(from, account, earlier))) throw new Problem('no_live_passkey')
    return {
      before: {
        ...(await sayShut(from, account)),
        lock: { since: toIso(lockedAt), reason: lockReason },
        ...codes(stopped),
      },
      // Strangers can cause a lock by guessing, so its end brings no hold (rule 11).
      after: {
        ...{ lock: null, hold: lockReason === 'guessing' ? null : 'account_reopened' },
        ...codes([]),
      },
    }
  },
  async perform(act, on) {
    const outcome = await reopenLocked(act, accountOf(on))
    if (outcome === 'no_live_passkey') throw new Problem(outcome)
    if (outcome !== 'reopened' && outcome !== 'codes_resumed') throw new Problem('start_again')
    return {}
  },
}

export const changeEmail: ActKind<z.output<typeof emailValues>> = {
  values: emailValues,
  async states(from, on, { email }) {
    const account = accountOf(on)
    // Of one mailbox in other letters nothing would change but the hold.
    if (account.email.toLowerCase() === email.toLowerCase()) throw new Problem('nothing_to_do')
    return {
      before: { ...(await sayAddress(from, account)), ...(await sayShut(from, account)) },
      after: { email, hold: 'email_changed', sessions: 'ended' },
    }
  },
  async perform(act, on, { email }) {
    await putEmail(act, accountOf(on), email)
    return {}
  },
}

export const endHold: ActKind<z.output<typeof noValues>> = {
  values: noValues,
  async states(from, on, _, { now, doneFrom }) {
    const account = accountOf(on)
    // One that is over by then ends by itself.
    const hold = currentHold(account, doneFrom)
    if (!hold) throw nothingToEnd(currentHold(account, now))
    return {
      before: { hold: sayHold(hold), ...(await sayShut(from, account)) },
      after: { hold: null },
    }
  },
  /** Ends the hold that was stated, and none that an act before it has begun. */
  async perform(act, on, _, __, { before }) {
    const account = accountOf(on)
    const hold = currentHold(account, act.now)
    const { hold: stated } = before as { readonly hold: Json }
    if (!hold || canonicalJson(sayHold(hold)) !== canonicalJson(stated)) {
      throw new Problem('start_again')
    }
    await end(act, account)
    return {}
  },
}

export const activationCode: ActKind<z.output<typeof noValues>> = {
  values: noValues,
  async states(from, on, _, { earlier, now, before: stated }) {
    const account = accountOf(on)
    if (!(await hasEmailFactor(from, account, earlier))) throw new Problem('passkey_in_force')
    const { secondFactor, activationUntil } = account
    return {
      // It is of no use without the mailbox, so another address makes another request of it.
      before: {
        secondFactor,
        ...(await sayAddress(from, account)),
        ...(await sayShut(from, account)),
        codeUntil: toIso(activationUntil) ?? runOut(stated, now),
      },
      after: { activationCode: 'issued' },
    }
  },
  /** Nobody sees it here: it waits for who asked for it, or for the export of letters. */
  async perform(act, on) {
    const account = accountOf(on)
    await putActivationCode(act, account, { sealed: true })
    const mark = await selectMark(act.tx, account.id)
    return mark === null ? {} : { mark }
  },
}

/** The end of the code that a text states, once it is over: that it was forgotten since is no change. */
function runOut(stated: Json | undefined, now: number): string | null {
  const { codeUntil = null } = statedCode.safeParse(stated).data ?? {}
  return codeUntil !== null && Date.parse(codeUntil) <= now ? codeUntil : null
}

const statedCode = z.object({ codeUntil: z.string().nullable() })

/**
 * The whole address is personal, and so is a hash that confirms a guess of it; the time tells whether it is still the
 * same.
 */
async function sayAddress(from: Readings, { id, email, emailSince }: Account) {
  // Of addresses that were set before the column was there, only the trail knows.
  const since = emailSince ?? (await from.emailSetAt(id)) ?? null
  return { email: maskAddress(email), emailSince: toIso(since) }
}

function sayHold({ until, reason }: Hold) {
  return { until: toIso(until), reason }
}

function accountOf({ account }: Subject): Account {
  if (!account) throw new Problem('not_found')
  requireContract(account)
  return account
}

async function findPasskey(from: Readings, { id }: Account, passkeyId: string) {
  const kept = await from.keptPasskeys(id)
  const passkey = kept?.find((one) => one.id === passkeyId)
  if (!passkey) throw new Problem('no_such_passkey')
  return passkey
}

/** What tells one passkey of an account from another; its use changes none of it. */
function shown(passkey: Passkey) {
  const { id, name, createdAt } = passkey
  return { id, name, place: plainPlaceOf(passkey), createdAt: toIso(createdAt) }
}

/** The IDs of the passkeys that will be live once these acts of one request are done. */
async function liveAfter(
  from: Readings,
  { id }: Account,
  acts: readonly Asked[],
): Promise<Set<string>> {
  const kept = (await from.keptPasskeys(id)) ?? []
  const live = new Set(kept.filter(isLive).map((passkey) => passkey.id))
  return live.union(idsOf(acts, 'resume-passkey')).difference(idsOf(acts, 'remove-passkey'))
}

/** A hold that is over before its end could be approved and waited for needs no request. */
function nothingToEnd(hold: Hold | null): Problem {
  return new Problem('nothing_to_do', hold ? { extras: { why: 'ends_by_itself' } } : {})
}

function idsOf(
  earlier: readonly Asked[],
  wanted: 'remove-passkey' | 'resume-passkey',
): ReadonlySet<string> {
  const acts = earlier.filter(({ act }) => act === wanted)
  return new Set(
    acts.flatMap(({ values }) => passkeyValues.safeParse(values).data?.passkeyId ?? []),
  )
}

/** Rule 40: whether the factor in force can be proven then; the removal of the last live passkey makes it e-mail. */
async function letsIn(
  from: Readings,
  account: Account,
  earlier: readonly Asked[],
): Promise<boolean> {
  if (await hasEmailFactor(from, account, earlier)) return true
  return (await liveAfter(from, account, earlier)).size > 0
}

/** Whether the factor is e-mail once the earlier acts of the same request are done. */
async function hasEmailFactor(
  from: Readings,
  account: Account,
  earlier: readonly Asked[],
): Promise<boolean> {
  if (account.secondFactor === 'email') return true
  const removes = idsOf(earlier, 'remove-passkey').size > 0
  return removes && (await liveAfter(from, account, earlier)).size === 0
}

/** Both of a pair, as the rows of what they did keep them. */
function namesOf({ asker, approver }: Pick<Pair, 'asker' | 'approver'>): string {
  return `asked by ${actorName(asker)}, approved by ${actorName(approver)}`
}
