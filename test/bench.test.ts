// `npm run bench` works: its short form measures everything, though not for long enough to mean anything.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { checkoutOf } from '../bench/checkout.ts'
import { readOptions } from '../bench/options.ts'
import { costTable, writeTable, type Series } from '../bench/report.ts'
import { until } from './support/world/openid.ts'

const run = promisify(execFile)
const main = join(import.meta.dirname, '..', 'bench', 'main.ts')

const cost = ['app µs', '× P-256', 'p50 / p99 ms', 'per s']

type Row = ReadonlyMap<string, string>

let folder = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sekisho-bench-test-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Runs the bench, which keeps profiles where it is started, and reads the tables that it prints, by title. */
async function bench(...words: string[]): Promise<ReadonlyMap<string, readonly Row[]>> {
  const { stdout } = await run(process.execPath, [main, ...words], { cwd: folder })
  assert.match(stdout, /^P-256 verification \d/m)
  const tables = stdout.split(/^### /m).slice(1)
  return new Map(tables.map((text) => [text.split('\n')[0] ?? '', rowsOf(text)]))
}

function rowsOf(table: string): readonly Row[] {
  const [columns = [], , ...rows] = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()))
  return rows.map((cells) => new Map(columns.map((name, index) => [name, cells[index] ?? ''])))
}

/** Every row has a positive, finite number in each of these columns; there are so many rows. */
function holds(rows: readonly Row[] | undefined, count: number, columns: readonly string[]): void {
  assert.equal(rows?.length, count)
  for (const row of rows ?? []) {
    for (const column of columns) {
      const value = Number.parseFloat(row.get(column) ?? '')
      assert.ok(Number.isFinite(value) && value > 0, `${column} is ${row.get(column)}`)
    }
  }
}

test('every workload runs and prints its figures', { timeout: 240_000 }, async () => {
  const tables = await bench('--short', '--database', 'sqlite')
  holds(tables.get('Passkey step'), 1, cost)
  holds(tables.get('Sign-in: password, passkey'), 1, [...cost, 'hash µs'])
  holds(tables.get('OpenID sign-in: authorize, password, passkey, code, tokens'), 1, [
    ...cost,
    'hash µs',
  ])
  holds(tables.get('What a broker needs'), 3, ['sign-ins per s', 'hash cores', 'GB more a year'])
  holds(tables.get('Passkey steps, 40 a second, beside passwords'), 2, [
    'p50 / p99 ms',
    'steps per s',
  ])
  holds(tables.get('Passkey step while tables grow'), 2, [...cost, 'to the first'])
  holds(tables.get('Size'), 2, ['MB'])
  holds(tables.get('Search at the desk'), 12, [...cost, 'to the small'])
  holds(tables.get('Start'), 1, ['ms to the first page', 'MB at rest'])
  assert.equal(tables.size, 9)
})

test('on PostgreSQL too, and a profile is summed up', { timeout: 120_000 }, async () => {
  const tables = await bench('--short', '--only', 'passkey', '--database', 'postgres', '--profile')
  holds(tables.get('Passkey step'), 1, [...cost, 'kB written'])
  const [, packages, functions, statements] = [...tables.values()]
  holds(packages, packages?.length ?? 0, ['share', 'µs for each'])
  assert.ok(packages?.some((row) => row.get('package') === 'kysely'))
  assert.equal(functions?.length, 25)
  assert.ok(statements?.some((row) => /^select "accounts"/.test(row.get('statement') ?? '')))
})

test('each says how it stands to the other, by the median of their rounds', () => {
  const series = (label: string, ...costs: number[]): Series => ({
    ...{ what: 'a step', clients: 1, units: costs.map(() => 50) },
    installation: { label, database: 'postgres' },
    samples: costs.map((app) => ({
      ...{ count: 2, seconds: 1, busy: 0, times: [1, 3], generator: 1, written: 1 },
      cost: { app, hashing: 7, database: 100 },
    })),
  })
  const all = [series('ours', 100, 300, 100), series('theirs', 300, 700, 0)]
  const [ours, theirs] = rowsOf(writeTable(costTable('A step', all)))
  assert.equal(ours?.get('to the other'), '0.50')
  assert.equal(ours?.get('× P-256'), '4.0')
  assert.equal(ours?.get('spread'), '4.0–8.0')
  assert.equal(theirs?.get('to the other'), '1')
})

test('an unknown option, name or commit is refused in words', () => {
  for (const [words, complaint] of [
    [['--fast'], /'--fast'/],
    [['--only', 'passkey,nothing'], /there is no nothing, only passkey/],
    [['--rounds', '0'], /--rounds: 0 is not/],
    [['--seconds', 'many'], /--seconds: many is not/],
    [['--database', 'oracle'], /oracle is neither/],
  ] as const) {
    assert.throws(() => readOptions(words, ['passkey']), complaint)
  }
  assert.throws(() => checkoutOf('no-such-commit', () => {}), /no commit and no folder no-such/)
  assert.throws(() => checkoutOf(tmpdir(), () => {}), /is no checkout/)
})

test('one that is interrupted leaves no process and no file', async () => {
  const own = await mkdtemp(join(folder, 'interrupted-'))
  const child = spawn(process.execPath, [main, '--short', '--database', 'sqlite'], {
    env: { ...process.env, TMPDIR: own },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  const servers = async () => {
    const words = ['-P', String(child.pid), '-f', 'src/main.ts serve']
    const { stdout } = await run('pgrep', words).catch(() => ({ stdout: '' }))
    return stdout.trim() || undefined
  }
  const server = Number(await until(servers))
  child.kill('SIGINT')
  assert.deepEqual(await ended, [130, null])
  assert.throws(() => process.kill(server, 0), { code: 'ESRCH' })
  assert.deepEqual(await readdir(own), [])
})
