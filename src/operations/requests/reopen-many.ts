// Rule 46: stops as a weapon. One request reopens what strangers' stops from one network have locked, and nothing else.
import { isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'
import { selectAccounts } from '../../domain/accounts/find.ts'
import type { Act } from '../../domain/act.ts'
import type { ActKind, Pair, States } from '../../domain/requests/act-kind.ts'
import { isOwnAccount, whyNotApprove } from '../../domain/requests/two-persons.ts'
import {
  selectSoleLocks,
  updateReopened,
  type SoleLock,
  type StoppedFrom,
} from '../../domain/stops/store.ts'
import { customerNetwork } from '../../domain/throttle/network.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { longestNetwork, mostReopened } from '../../limits/stops.ts'
import { reopen } from '../support/lock-account.ts'
import { readRemembered } from './who-approves.ts'

const values = z.object({
  /** An address, or the network in which IPv6 addresses are counted together. */
  stoppedFrom: z
    .string()
    .max(longestNetwork)
    .transform((typed) => typed.trim().replace(/\/(32|64)$/, ''))
    .refine((text) => isIPv4(text) || isIPv6(text))
    .transform(customerNetwork),
  since: z.iso.datetime(),
})

type Values = z.output<typeof values>

const statedBefore = z.object({ until: z.iso.datetime(), accounts: z.array(z.string()) })

/**
 * The text names the accounts that such stops alone kept locked when it was asked for, by their numbers, and no other
 * is reopened; what has become of one since then is looked at when it is done, and whoever does not fit any more is
 * left as he is.
 */
export const reopenMany: ActKind<Values> = {
  values,
  async states(from, _, { stoppedFrom: network, since }, { askedAt, before: stated }) {
    const named = stated === undefined ? null : statedBefore.parse(stated)
    const within = { network, since: Date.parse(since), until: askedAt }
    const locks = named
      ? (await Promise.all(named.accounts.map(from.soleLock))).filter(isFrom(within))
      : await from.soleLocks(within, mostReopened)
    if (locks.length === 0) throw new Problem('nothing_to_do')
    const accounts = named?.accounts ?? accountsOf(locks).toSorted()
    const before = { until: toIso(askedAt), accounts }
    return { before, after: { lock: null, hold: 'account_reopened' } }
  },
  async perform(act, _, { stoppedFrom: network, since }, pair, stated) {
    const { until, accounts } = statedBefore.parse(stated.before)
    const within = { network, since: Date.parse(since), until: Date.parse(until), accounts }
    const reopened = await reopenEach(act, within, pair)
    // Nothing was left of what both have read.
    if (reopened.length === 0) throw new Problem('nothing_to_do')
    await updateReopened(act.tx, reopened, pair.requestId)
    return {}
  },
}

function isFrom({ network, since, until }: StoppedFrom) {
  return (lock: SoleLock | undefined): lock is SoleLock =>
    lock?.network === network && lock.at >= since && lock.at <= until
}

/** The accounts that a request of this kind names, so that its acts hold them first (rule 9). */
export function accountsNamed({ before }: Pick<States, 'before'>): readonly string[] {
  return statedBefore.safeParse(before).data?.accounts ?? []
}

/** Reopens those whose accounts nothing else keeps locked, and for which both may; returns their ids. */
async function reopenEach(act: Act, within: StoppedFrom, pair: Pair): Promise<readonly string[]> {
  const locks = await selectSoleLocks(act.tx, within, mostReopened)
  const allowed = await mayReopen(act, accountsOf(locks), pair)
  const accounts = await selectAccounts(act.tx, [...allowed])
  const done: string[] = []
  for (const { id, accountId } of locks) {
    const account = accounts.get(accountId)
    if (account && (await reopen(act, account)) === 'reopened') done.push(id)
  }
  return done
}

/** Rule 38, for each account by itself: the own one, a pair twice, or one under suspicion is left to another request. */
async function mayReopen(
  act: Act,
  accountIds: readonly string[],
  { asker, approver }: Pair,
): Promise<ReadonlySet<string>> {
  const remembered = await readRemembered(act.tx, accountIds, act.now)
  const asked = { kind: 'account', askerId: asker.id, operatorId: null, names: [] } as const
  const may = accountIds.filter((accountId) => {
    if (isOwnAccount({ accountId }, asker)) return false
    return whyNotApprove({ ...asked, accountId }, approver, remembered) === null
  })
  return new Set(may)
}

function accountsOf(locks: readonly { readonly accountId: string }[]): string[] {
  return locks.map(({ accountId }) => accountId)
}
