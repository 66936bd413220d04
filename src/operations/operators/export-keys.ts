import type { Deps } from '../../domain/deps.ts'
import { selectAllOperatorPasskeys } from '../../domain/operators/passkeys.ts'
import { selectOperators } from '../../domain/operators/store.ts'
import type { OperatorKeys } from '../../domain/requests/receipt.ts'
import { toIso } from '../../kernel/clock.ts'

/**
 * The public keys of all operators, those that have ended too: by them receipts verify without the server. Kept
 * where nobody who can write in the database can write, the list says whose a signature is.
 */
export async function exportKeys({ db }: Pick<Deps, 'db'>): Promise<OperatorKeys> {
  const [operators, passkeys] = [await selectOperators(db), await selectAllOperatorPasskeys(db)]
  const byOperator = Map.groupBy(passkeys, ({ operatorId }) => operatorId)
  return {
    version: 1,
    operators: operators.map(({ id, name }) => ({
      id,
      name,
      keys: (byOperator.get(id) ?? []).map((one) => ({
        credentialId: one.credentialId,
        publicKey: one.publicKey,
        backupEligible: one.backupEligible,
        from: toIso(one.createdAt),
        until: toIso(one.endedAt),
      })),
    })),
  }
}
