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

/** Lets something happen before each transaction of a running node begins; returns what ends that. */
export function beforeTransactions(db: Database, happen: () => Promise<unknown>): () => void {
  const begin = db.transaction.bind(db)
  const transaction = () => ({
    async execute(work: Parameters<ReturnType<typeof begin>['execute']>[0]) {
      await happen()
      return begin().execute(work)
    },
  })
  Object.assign(db, { transaction })
  return () => void Reflect.deleteProperty(db, 'transaction')
}

/** Lets two transactions that come one after the other, on these nodes, begin together. */
export function beginTogether(dbs: readonly Database[]): () => void {
  const both = Promise.withResolvers<void>()
  let come = 0
  const ends = dbs.map((db) =>
    beforeTransactions(db, async () => {
      come += 1
      if (come === 2) both.resolve()
      await both.promise
    }),
  )
  return () => {
    for (const end of ends) end()
  }
}
