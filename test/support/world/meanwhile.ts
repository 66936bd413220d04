// What happens between a look at the database and the transaction that acts on it, without luck.
import type { Database } from '../../../src/domain/tables/tables.ts'

/** The same database, where something else is done just before the first transaction begins. */
export function withMeanwhile(db: Database, meanwhile: () => Promise<unknown>): Database {
  let isDone = false
  const execute: ReturnType<Database['transaction']>['execute'] = async (work) => {
    if (!isDone) {
      isDone = true
      await meanwhile()
    }
    return db.transaction().execute(work)
  }
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute })
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
