// What happens between a look at the database and the transaction that acts on it, without luck.
import { AsyncLocalStorage } from 'node:async_hooks'
import { Server } from 'node:http'
import type { Database } from '../../../src/domain/tables/tables.ts'
import { replace } from '../checks/taps.ts'

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

const requests = new AsyncLocalStorage<true>()
replace(Server.prototype, 'emit', (emit) => (server, given) => {
  const go = () => emit.apply(server, given as never[])
  return given[0] === 'request' ? requests.run(true, go) : go()
})

/** Whether the work answers a request; a node has work of its own beside that, whenever it likes. */
export const isOfRequest = (): boolean => requests.getStore() ?? false

/** Lets something happen before a running node begins a transaction of a request; returns what ends that. */
export function beforeTransactions(db: Database, happen: () => Promise<unknown>): () => void {
  const begin = db.transaction.bind(db)
  const transaction = () => ({
    async execute(work: Parameters<ReturnType<typeof begin>['execute']>[0]) {
      if (isOfRequest()) await happen()
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
