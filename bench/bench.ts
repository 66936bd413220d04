// What every workload works with: the installations under test, their rounds in alternation, the unit.
import { OwnPostgres } from '../test/support/world/own-postgres.ts'
import type { Checkout } from './checkout.ts'
import { Customers, type Size } from './customers.ts'
import { Installation } from './installation.ts'
import type { Sample } from './load.ts'
import { measureUnit, pin } from './machine.ts'
import type { DatabaseName, Options } from './options.ts'
import { newProfileFolder, profileTables } from './profile.ts'
import type { Series, Table } from './report.ts'

export interface Workload {
  readonly says: string
  /** Returns its tables, also those of profiles that it was asked for. */
  run(bench: Bench): Promise<readonly Table[]>
}

/** An installation with its customers. */
export interface Subject {
  readonly installation: Installation
  readonly customers: Customers
}

/** One row to be: a thing on a subject. */
export interface Candidate<S> {
  readonly subject: S
  readonly what: string
  readonly clients: number
}

/** As on a server: durable, with whole pages in its log, swept, with room for what is read often. */
const asOnServers = [
  ...['fsync=on', 'full_page_writes=on', 'autovacuum=on'],
  ...['checkpoint_timeout=5min', 'max_wal_size=4GB', 'shared_buffers=1GB'],
]

export class Bench {
  readonly options: Options
  /** Every measurement of the unit, in microseconds. */
  readonly units: number[] = []
  readonly #checkouts: readonly Checkout[]
  readonly #stack: AsyncDisposableStack
  readonly #usual = new Map<DatabaseName, readonly Subject[]>()
  #postgres: OwnPostgres | undefined

  /** `stack` ends what it starts. */
  constructor(options: Options, checkouts: readonly Checkout[], stack: AsyncDisposableStack) {
    this.options = options
    this.#checkouts = checkouts
    this.#stack = stack
  }

  /** Installations of a usual size, which the workloads share. */
  async usual(database: DatabaseName): Promise<readonly Subject[]> {
    const usual = this.options.short
      ? { accounts: 64, active: 64 }
      : { accounts: 1000, active: 256 }
    const subjects = this.#usual.get(database) ?? (await this.grown(database, usual))
    this.#usual.set(database, subjects)
    return subjects
  }

  /** New installations on one kind of database: ours, and the one that it is compared with. */
  async grown(database: DatabaseName, size: Size): Promise<readonly Subject[]> {
    const postgres = database === 'postgres' ? await this.#ownPostgres() : undefined
    const started: Subject[] = []
    for (const checkout of this.#checkouts) {
      const profile = this.options.profile ? newProfileFolder(checkout.label, database) : undefined
      const ground = { checkout, postgres, profile }
      const installation = await Installation.start(ground, this.#stack)
      const customers = await Customers.seed(installation, size)
      await installation.rows.settle()
      started.push({ installation, customers })
    }
    return started
  }

  /** Measures each in turn, round by round, the unit before each. */
  async alternate<S extends { readonly installation: Installation }>(
    candidates: readonly Candidate<S>[],
    run: (candidate: Candidate<S>) => Promise<Sample>,
  ): Promise<readonly Series[]> {
    const measured = candidates.map((candidate) => ({
      candidate,
      samples: [] as Sample[],
      units: [] as number[],
    }))
    for (let round = 0; round < this.options.rounds; round += 1) {
      for (const { candidate, samples, units } of round % 2 ? measured.toReversed() : measured) {
        units.push(this.#unit())
        samples.push(await run(candidate))
      }
    }
    return measured.map(({ candidate: { subject, what, clients }, samples, units }) => ({
      ...{ what, clients, installation: subject.installation, samples, units },
    }))
  }

  /** Where profiles are wanted, stops the installations and sums theirs up. */
  async profiles(subjects: readonly Subject[]): Promise<readonly Table[]> {
    if (!this.options.profile) return []
    this.#usual.clear()
    const tables: Table[] = []
    for (const { installation } of subjects) {
      const { profile = '', label, database } = installation
      await installation.stop()
      tables.push(...profileTables(profile, `${label} on ${database}`, installation.done))
    }
    return tables
  }

  #unit(): number {
    const unit = measureUnit(this.options.short ? 200 : 2000)
    this.units.push(unit)
    return unit
  }

  async #ownPostgres(): Promise<OwnPostgres> {
    if (this.#postgres) return this.#postgres
    const postgres = await OwnPostgres.launch('/tmp', asOnServers)
    this.#stack.defer(() => postgres.close())
    pin(await postgres.processes(), 'server')
    this.#postgres = postgres
    return postgres
  }
}
