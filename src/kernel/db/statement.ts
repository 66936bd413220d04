// Statements that are built and compiled once: both take longer than SQLite takes to run one.
import type { Compilable, CompiledQuery, Kysely } from 'kysely'

/** Stands in a statement for a value that is known when it runs. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  /** To reckon with it, or to write it into a text, would fix the outcome for ever. */
  [Symbol.toPrimitive](): never {
    throw new TypeError(`${this.name} of a statement is known only when it runs`)
  }
}

/** Runs in a database or a transaction, with the values of its placeholders. */
interface Statement<DB, Given, Row> {
  all(db: Kysely<DB>, given: Given): Promise<Row[]>
  first(db: Kysely<DB>, given: Given): Promise<Row | undefined>
  /** Returns how many rows it inserted, updated or deleted. */
  run(db: Kysely<DB>, given: Given): Promise<number>
  /** Does not run it yet: for `act.later`. */
  with(db: Kysely<DB>, given: Given): Compilable<Row>
}

const registered: ((db: unknown) => unknown)[] = []

/**
 * A statement of one shape. `build` is called once for each database; each member of `given` may only be a
 * parameter of the statement, and TypeError is thrown otherwise.
 */
export function statement<DB, Given extends object, Row>(
  build: (db: Kysely<DB>, given: Given) => Compilable<Row>,
): Statement<DB, Given, Row> {
  /** By the adapter, which a database shares with its transactions. */
  const compiled = new WeakMap<object, CompiledQuery<Row>>()
  const compile = (db: Kysely<DB>) => {
    const { adapter } = db.getExecutor()
    const kept = compiled.get(adapter)
    if (kept) return kept
    const fresh = compileStatement(db, build)
    compiled.set(adapter, fresh)
    return fresh
  }
  registered.push((db) => compile(db as Kysely<DB>))
  const fill = (db: Kysely<DB>, given: Given): CompiledQuery<Row> => {
    const query = compile(db)
    const parameters = query.parameters.map((one) =>
      one instanceof Placeholder ? Reflect.get(given, one.name) : one,
    )
    return { ...query, parameters }
  }
  const execute = (db: Kysely<DB>, given: Given) => db.executeQuery(fill(db, given))
  return {
    all: async (db, given) => (await execute(db, given)).rows,
    first: async (db, given) => (await execute(db, given)).rows[0],
    run: async (db, given) => Number((await execute(db, given)).numAffectedRows ?? 0),
    with: (db, given) => ({ compile: () => fill(db, given) }),
  }
}

/**
 * Compiles every statement of the modules that are loaded, for a database that has just been opened, so that
 * a bad one fails at the start.
 */
export function compileStatements<DB>(db: Kysely<DB>): void {
  for (const compile of registered) compile(db)
}

/** Builds and compiles a statement with placeholders for its values; TypeError for one used otherwise. */
export function compileStatement<DB, Given extends object, Row>(
  db: Kysely<DB>,
  build: (db: Kysely<DB>, given: Given) => Compilable<Row>,
): CompiledQuery<Row> {
  const read = new Map<string | symbol, Placeholder>()
  const placeholders = new Proxy({} as Given, {
    get(_, name) {
      const placeholder = read.get(name) ?? new Placeholder(String(name))
      read.set(name, placeholder)
      return placeholder
    },
  })
  const query = build(db, placeholders).compile()
  for (const placeholder of read.values()) {
    if (query.parameters.includes(placeholder)) continue
    throw new TypeError(`${placeholder.name} of a statement is no parameter of it`)
  }
  return query
}
