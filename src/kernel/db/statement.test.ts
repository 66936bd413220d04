import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
} from 'kysely'
import { compileStatement, compileStatements, statement } from './statement.ts'

interface Tables {
  t: { id: string; n: number | null }
}

/** A database that keeps what it is sent. */
function open() {
  const sent: CompiledQuery[] = []
  class Keeper extends DummyDriver {
    override async acquireConnection() {
      const connection = await super.acquireConnection()
      connection.executeQuery = async (query) => {
        sent.push(query)
        return { rows: [] }
      }
      return connection
    }
  }
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new Keeper(),
      createIntrospector: (of) => new PostgresIntrospector(of),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return { db, sent }
}

describe('a statement', () => {
  test('is built once for each database, and runs with the values of each call', async () => {
    let built = 0
    const find = statement((db: Kysely<Tables>, { id, n }: { id: string; n: number | null }) => {
      built += 1
      return db
        .selectFrom('t')
        .select('n')
        .where('id', '=', id)
        .where('n', '=', n)
        .where('id', '<>', 'x')
    })
    const [one, other] = [open(), open()]
    await find.all(one.db, { id: 'a', n: 1 })
    await one.db.transaction().execute((tx) => find.all(tx, { id: 'b', n: null }))
    await find.all(other.db, { id: 'c', n: 3 })
    assert.equal(built, 2)
    const text = 'select "n" from "t" where "id" = $1 and "n" = $2 and "id" <> $3'
    assert.deepEqual(
      [...one.sent, ...other.sent].map(({ sql, parameters }) => [sql, parameters]),
      [
        [text, ['a', 1, 'x']],
        [text, ['b', null, 'x']],
        [text, ['c', 3, 'x']],
      ],
    )
  })

  const uses: Readonly<Record<string, (n: number) => number>> = {
    'reckons with': (n) => n + 1,
    compares: (n) => (n > 3 ? 1 : 2),
    'writes out': (n) => `${n}`.length,
    'only looks at': (n) => (n ? 1 : 2),
  }
  for (const [what, use] of Object.entries(uses)) {
    test(`that ${what} a value is refused`, () => {
      const build = (db: Kysely<Tables>, { n }: { n: number }) =>
        db.selectFrom('t').select('id').where('n', '=', use(n))
      assert.throws(() => compileStatement(open().db, build), /^TypeError: n of a statement is/)
    })
  }

  test('compiles when its database is opened', () => {
    let built = 0
    statement((db: Kysely<Tables>, { id }: { id: string }) => {
      built += 1
      return db.deleteFrom('t').where('id', '=', id)
    })
    compileStatements(open().db)
    assert.equal(built, 1)
  })
})
