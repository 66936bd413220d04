// What the texts of requests are made from: read for many that are looked at together as for one.
import { gather, together } from '../../kernel/together.ts'
import type { Account } from '../accounts/account.ts'
import { selectAccounts, selectIdsByLoginId } from '../accounts/find.ts'
import { selectEmailsSetAt } from '../audit/store.ts'
import type { DeskOperator } from '../operators/operator.ts'
import { selectAllOperatorPasskeys, type OperatorPasskey } from '../operators/passkeys.ts'
import { selectOperators } from '../operators/store.ts'
import type { Passkey } from '../passkeys/passkey.ts'
import { selectKeptPasskeysOf } from '../passkeys/store.ts'
import {
  selectLastStops,
  selectSoleLocks,
  selectSoleLocksOf,
  type SoleLock,
  type StoppedFrom,
} from '../stops/store.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { selectStoppedCodes } from '../throttle/codes.ts'
import type { CodePurpose } from '../vocabulary/purposes.ts'

type ById<V> = (id: string) => Promise<V | undefined>

export interface Readings {
  readonly account: ById<Account>
  /** The id of the account with a login ID, in the form in which it is stored. */
  readonly accountOf: ById<string>
  readonly keptPasskeys: ById<readonly Passkey[]>
  /** When an account's address was set, as the trail knows it. */
  readonly emailSetAt: ById<number>
  /** The purposes whose codes are stopped until support lifts it (rule 14). */
  readonly stoppedCodes: ById<readonly CodePurpose[]>
  /** When an account was stopped last, whether that stopped more than was stopped already or not. */
  readonly lastStopAt: ById<number>
  /** The stop of a stranger that alone keeps an account locked. */
  readonly soleLock: ById<SoleLock>
  readonly soleLocks: (from: StoppedFrom, most: number) => Promise<readonly SoleLock[]>
  /** All of them, closed ones too: a desk has few. */
  readonly operators: () => Promise<readonly DeskOperator[]>
  /** The live passkeys of an operator, the oldest first. */
  readonly operatorPasskeys: ById<readonly OperatorPasskey[]>
}

export function readingsOf(db: Database | Tx): Readings {
  return {
    account: gather((ids) => selectAccounts(db, ids)),
    accountOf: gather((loginIds) => selectIdsByLoginId(db, loginIds)),
    keptPasskeys: gather((ids) => selectKeptPasskeysOf(db, ids)),
    emailSetAt: gather((ids) => selectEmailsSetAt(db, ids)),
    stoppedCodes: gather((ids) => selectStoppedCodes(db, ids)),
    lastStopAt: gather((ids) => selectLastStops(db, ids)),
    soleLock: gather(async (ids) => {
      const locks = await selectSoleLocksOf(db, ids)
      return new Map(locks.map((one) => [one.accountId, one]))
    }),
    soleLocks: (from, most) => selectSoleLocks(db, from, most),
    operators: together(() => selectOperators(db)),
    operatorPasskeys: gather(async () => {
      const all = await selectAllOperatorPasskeys(db)
      return Map.groupBy(
        all.filter(({ endedAt }) => endedAt === null),
        ({ operatorId }) => operatorId,
      )
    }),
  }
}
