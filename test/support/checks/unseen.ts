import { globSync, readFileSync } from 'node:fs'
import { grows } from './seed.ts'

/** The kinds of statements in the domain's source on tables that grow, by verb and table, that are not among these. */
export function unseen(statements: ReadonlySet<string>): readonly string[] {
  const verbs = { insertInto: 'insert into', updateTable: 'update', deleteFrom: 'delete from' }
  const written = globSync('src/domain/**/*.ts').flatMap((path) => {
    const text = readFileSync(path, 'utf8')
    const built = [...text.matchAll(/\b(insertInto|updateTable|deleteFrom)\('(\w+)'/g)]
    const batches = [...text.matchAll(/deleteBatch\(db, \{\s*table: '(\w+)'/g)]
    return [
      ...built.map(([, verb = '', table = '']) => ({
        verb: verbs[verb as keyof typeof verbs],
        table,
      })),
      ...batches.map(([, table = '']) => ({ verb: verbs.deleteFrom, table })),
    ]
  })
  const sent = [...statements]
  const kinds = written
    .filter(({ table }) => grows(table))
    .map(({ verb, table }) => `${verb} "${table}"`)
  return [...new Set(kinds)].filter((kind) => !sent.some((one) => one.startsWith(kind)))
}
