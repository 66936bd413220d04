// Activation codes (rule 43): they come by letter or from support, and are of no use without a code by e-mail.
import { newSigns, readSigns } from '../../kernel/clear-signs.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Keys } from '../../kernel/secrets.ts'
import { activationCodeLength, activationLifetime } from '../../limits/recoveries.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { Account } from './account.ts'
import { changeFactors } from './hold-account.ts'
import { activationDeletion, updateActivation } from './store.ts'

/** A code as its holder is to get it. */
export interface IssuedCode {
  readonly code: string
  /** In milliseconds. */
  readonly expiresAt: number
}

/**
 * Makes the account's activation code and returns it as it is shown: the one before it is good no more, nor is a
 * recovery that it began. `sealed` keeps it beside its hash until it was handed out. 400 `activation_refused` while
 * the second factor is a passkey.
 */
export async function issueActivation(
  act: Act,
  { id }: Pick<Account, 'id'>,
  { sealed }: { readonly sealed: boolean },
): Promise<IssuedCode> {
  const account = await changeFactors(act, { id })
  if (!canActivate(account)) throw new Problem('activation_refused')
  const code = newSigns(activationCodeLength)
  const expiresAt = act.now + activationLifetime
  const shown = code.replace(/.{4}(?!$)/g, '$&-')
  await updateActivation(act.tx, id, {
    hash: hashOf(act.keys, id, code),
    until: expiresAt,
    sealed: sealed ? act.keys.seal('letter', id, shown) : null,
  })
  record(act, { event: 'authn_activation_issued', accountId: id })
  return { code: shown, expiresAt }
}

/** Rule 43: no code is made, or redeemed, while the factor is a passkey. */
export function canActivate({ secondFactor }: Account): boolean {
  return secondFactor === 'email'
}

/** Whether the activation code that an account has is good for anything at `now`. */
export function isRedeemable(account: Account, now: number): boolean {
  const { activationUntil } = account
  return canActivate(account) && activationUntil !== null && activationUntil > now
}

/** Ends the activation code of an account, as the act holds it, if it has one: it opens nothing from then on. */
export function endActivation(
  { tx, later }: Act,
  { id, activationUntil }: Pick<Account, 'id' | 'activationUntil'>,
): void {
  if (activationUntil !== null) later(() => activationDeletion.with(tx, { id }))
}

/** Whether what was typed is the activation code of this account; `kept` is the hash that the account has. */
export function isActivation(keys: Keys, id: string, typed: string, kept: string | null): boolean {
  const code = readSigns(typed, activationCodeLength)
  // Where nothing is kept, the hash is made all the same: both take the same time.
  return keys.isHash('activation', `${id}/${code ?? ''}`, kept ?? '') && code !== null
}

function hashOf(keys: Keys, id: string, code: string): string {
  return keys.hash('activation', `${id}/${code}`)
}

/** What is kept of an account's activation code, and whether it has a password. */
export async function selectActivation(
  db: Database | Tx,
  id: string,
): Promise<{ readonly hash: string | null; readonly hasPassword: boolean } | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['activation_hash as hash', 'password_hash as password'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { hash: row.hash, hasPassword: row.password !== '' }
}
