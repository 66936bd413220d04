import type { Deps } from '../deps.ts'
import { unusedCodesWindow } from './code.ts'
import { deleteCodesBefore } from './store.ts'

/** Deletes codes that no longer count towards anything (rule 15). */
export async function sweepCodes({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteCodesBefore(db, now() - unusedCodesWindow)
}
