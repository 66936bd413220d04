// Two PostgreSQL servers of which one follows the other, to be broken by a test.
import { setTimeout as wait } from 'node:timers/promises'
import { OwnPostgres } from './own-postgres.ts'
import { startPostgresProxy, type PostgresProxy } from './postgres-proxy.ts'
import type { DatabaseKind } from './postgres.ts'

/** What the standby is called in `synchronous_standby_names`. */
const standbyName = 'db2'

/** A new database of it has both servers in its address, the primary first. */
export interface Pair extends Pick<DatabaseKind, 'create'> {
  readonly primary: OwnPostgres
  readonly standby: OwnPostgres
  /** The way by which the standby gets what is written. */
  readonly way: PostgresProxy
  /** Waits until the standby is connected again, in step if commits wait for it. */
  follows(): Promise<void>
  close(): Promise<void>
}

/** Starts them; `names` is what both have for `synchronous_standby_names`, by default nothing. */
export async function launchPair(names = ''): Promise<Pair> {
  const primary = await OwnPostgres.launch()
  await primary.ask(`alter system set synchronous_standby_names = '${names}'`)
  const way = await startPostgresProxy(primary.url)
  const settings = [`cluster_name=${standbyName}`, 'wal_retrieve_retry_interval=100ms']
  const standby = await primary.standby(settings, way.address)
  const state = names ? "sync_state in ('sync', 'quorum')" : `state = 'streaming'`
  const pair: Pair = {
    ...{ primary, standby, way },
    async create() {
      const { address } = await primary.create()
      const [{ host }, other] = [new URL(address), new URL(standby.url)]
      return {
        address: address.replace(host, `${host},${other.host}`),
        // It is gone with its servers, of which one may be gone already.
        drop: () => Promise.resolve(),
      }
    },
    async follows() {
      const question = `select pid from pg_stat_replication where state = 'streaming' and ${state}`
      for (let look = 0; (await primary.ask(question)).length === 0; look += 1) {
        if (look > 200) throw new Error('the standby does not follow')
        await wait(50)
      }
    },
    async close() {
      await way.stop()
      await Promise.all([primary.close(), standby.close()])
    },
  }
  await pair.follows()
  return pair
}
