// How often each request commits: what a request costs the disk, and what may be half done when it fails.
import { AsyncLocalStorage } from 'node:async_hooks'
import { Server, type IncomingMessage } from 'node:http'
import { Kysely, type CompiledQuery, type Transaction } from 'kysely'
import type { Tables } from '../../../src/domain/tables/tables.ts'
import { executors, replace } from './taps.ts'

export interface Request {
  /** `POST /api/sign-in`. */
  readonly name: string
  /** The first write of each commit. */
  readonly commits: string[]
}

interface Scope {
  readonly request: Request
  /** Of the transaction that the work is in. */
  readonly transaction?: { firstWrite: string | null }
}

type Work = (tx: Transaction<Tables>) => Promise<unknown>

const isWrite = /^\s*(insert|update|delete|with)\b/i

/** Collects the commits of every request that this process answers, from now until `stop`. */
export function tapCommits(): { stop(): readonly Request[] } {
  const requests: Request[] = []
  const scope = new AsyncLocalStorage<Scope>()
  const begin = (incoming: IncomingMessage, emit: () => unknown) => {
    const name = `${incoming.method} ${incoming.url?.split('?')[0]}`
    const request: Request = { name, commits: [] }
    requests.push(request)
    return scope.run({ request }, emit)
  }
  const transact = async (request: Request, work: Work, execute: (work: Work) => unknown) => {
    const transaction: { firstWrite: string | null } = { firstWrite: null }
    const result = await execute((tx) => scope.run({ request, transaction }, () => work(tx)))
    if (transaction.firstWrite !== null) request.commits.push(transaction.firstWrite)
    return result
  }
  const note = ({ sql }: CompiledQuery) => {
    const at = scope.getStore()
    if (!at || !isWrite.test(sql)) return
    if (at.transaction) at.transaction.firstWrite ??= sql
    else at.request.commits.push(sql)
  }
  const restore = [
    replace(Server.prototype, 'emit', (emit) => (server, given) => {
      const [event, incoming] = given as [string, IncomingMessage]
      const go = () => emit.apply(server, given as never[])
      return event === 'request' ? begin(incoming, go) : go()
    }),
    replace(Kysely.prototype, 'transaction', (open) => (db, given) => {
      const builder = open.apply(db, given as never[]) as { execute: (work: Work) => unknown }
      const request = scope.getStore()?.request
      const execute = (work: Work) => builder.execute(work)
      return request ? { execute: (work: Work) => transact(request, work, execute) } : builder
    }),
    replace(executors(), 'executeQuery', (execute) => (executor, given) => {
      note(given[0] as CompiledQuery)
      return execute.apply(executor, given as never[])
    }),
  ]
  return {
    stop() {
      for (const one of restore) one()
      return requests
    },
  }
}
