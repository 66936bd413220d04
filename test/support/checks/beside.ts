// Statements beside the transaction that the work is in: they see the time before it, and outlive its end.
import { AsyncLocalStorage } from 'node:async_hooks'
import { DefaultConnectionProvider, TransactionBuilder } from 'kysely'
import { replace } from './taps.ts'

type Work = (...given: readonly unknown[]) => Promise<unknown>

/** Runs something outside of whatever transaction the test is in, where others wait for that one. */
export const outside = AsyncLocalStorage.snapshot()

/** Faults that are made on purpose, for one watch: no other in the process is to find them. */
export const provoked = new AsyncLocalStorage<symbol>()

/** Listens to this process for good; what it returns gives each fault once, with the place where it is. */
export function watchForBeside(own?: symbol): () => readonly string[] {
  const scope = new AsyncLocalStorage<{ isOpen: boolean }>()
  let faults: string[] = []
  replace(TransactionBuilder.prototype, 'execute', (execute) => (builder, [work]) => {
    const inside: Work = async (...given) => {
      // What is begun here and goes on afterwards is not inside any more.
      const transaction = { isOpen: true }
      try {
        return await scope.run(transaction, () => (work as Work)(...given))
      } finally {
        transaction.isOpen = false
      }
    }
    return execute.apply(builder, [inside] as never[])
  })
  replace(DefaultConnectionProvider.prototype, 'provideConnection', (provide) => (self, given) => {
    if (scope.getStore()?.isOpen && provoked.getStore() === own) {
      faults.push(String(new Error('a statement beside its transaction').stack))
    }
    return provide.apply(self, given as never[])
  })
  return () => {
    const found = faults
    faults = []
    return found
  }
}
