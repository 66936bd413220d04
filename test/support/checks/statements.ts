// Which statements the product sends, and how each database would find their rows.
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { DatabaseKind } from '../world/postgres.ts'
import { grows, seedPostgres } from './seed.ts'
import { replace } from './taps.ts'

const isStatement = /^\s*(select|insert|update|delete|with)\b/i

/** Collects the distinct statements that any connection sends, from now until `stop`. */
export function tapStatements({ name }: DatabaseKind): { stop(): ReadonlySet<string> } {
  const sent = new Set<string>()
  const note = (given: unknown) => {
    const text = typeof given === 'string' ? given : (given as { text: unknown }).text
    if (typeof text === 'string' && isStatement.test(text)) sent.add(text)
  }
  const prototype: object = name === 'sqlite' ? DatabaseSync.prototype : pg.Client.prototype
  const method = name === 'sqlite' ? 'prepare' : 'query'
  const restore = replace(prototype, method, (original) => (self, given) => {
    note(given[0])
    return original.apply(self, given as never[])
  })
  return {
    stop() {
      restore()
      return sent
    },
  }
}

export interface Finding {
  readonly statement: string
  readonly plan: string
}

/** The statements that would read a growing table from one end to the other, or sort without bound. */
export function scansOf(
  kind: DatabaseKind,
  address: string,
  statements: Iterable<string>,
): Promise<readonly Finding[]> {
  return kind.name === 'sqlite'
    ? Promise.resolve(scansOnSqlite(address, statements))
    : scansOnPostgres(address, statements)
}

function scansOnSqlite(address: string, statements: Iterable<string>): readonly Finding[] {
  using db = new DatabaseSync(address)
  const rows = db.prepare(`select name from sqlite_schema where type = 'table'`).all()
  const growing = rows.map(({ name }) => String(name)).filter(grows)
  return [...statements].flatMap((statement) => {
    const steps = db.prepare(`explain query plan ${statement}`).all()
    const bad = steps
      .map(({ detail }) => String(detail))
      .filter((detail) => growing.includes(/^SCAN (\w+)/.exec(detail)?.[1] ?? ''))
    return bad.length === 0 ? [] : [{ statement, plan: bad.join('; ') }]
  })
}

const seededRows = 20_000

async function scansOnPostgres(
  address: string,
  statements: Iterable<string>,
): Promise<readonly Finding[]> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await seedPostgres(client, seededRows)
    const findings: Finding[] = []
    for (const statement of statements) {
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Step }[] }>(
        `explain (generic_plan, format json) ${statement}`,
      )
      const bad = rows[0]?.['QUERY PLAN'].flatMap(({ Plan }) => badStepsOf(Plan)) ?? []
      if (bad.length > 0) findings.push({ statement, plan: bad.join('; ') })
    }
    return findings
  } finally {
    await client.end()
  }
}

interface Step {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Plan Rows': number
  readonly Plans?: readonly Step[]
}

function badStepsOf(step: Step): readonly string[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Plan Rows': rows } = step
  const scans = type === 'Seq Scan' && grows(table)
  const sorts = type === 'Sort' && rows > seededRows / 20
  const own = scans || sorts ? [`${type} ${table} of ${rows}`] : []
  return [...own, ...(step.Plans ?? []).flatMap(badStepsOf)]
}
