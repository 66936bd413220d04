import type { Database, Tx } from '../tables/tables.ts'
import { selectOperators } from './store.ts'

/** The name of each operator by id, of the closed ones too: what they did stays under their names. */
export async function operatorNames(db: Database | Tx): Promise<ReadonlyMap<string, string>> {
  return new Map((await selectOperators(db)).map(({ id, name }) => [id, name]))
}
