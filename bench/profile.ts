// --profile: where a server's time goes, by function, by package and by statement.
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Table } from './report.ts'
import type { Spent } from './tap-statements.ts'

/** Where the bench was started: npm does that at the root of the project. */
const parent = join(process.cwd(), 'data', 'bench')
const tap = pathToFileURL(join(import.meta.dirname, 'tap-statements.ts')).href
const microsecondsBetweenSamples = 200

/** A new folder for the profile of one server. */
export function newProfileFolder(label: string, database: string): string {
  const folder = join(
    parent,
    `${new Date().toISOString().replaceAll(/[:.]/g, '')}-${label.replace(/\W/g, '')}-${database}`,
  )
  mkdirSync(folder, { recursive: true })
  return folder
}

/** The options of Node for a server that writes its profile and its statements there when it stops. */
export function profilerOptions(folder: string): string {
  const every = `--cpu-prof-interval=${microsecondsBetweenSamples}`
  const preload = `--import=${tap}?${encodeURIComponent(folder)}`
  return `--cpu-prof --cpu-prof-dir=${folder} ${every} ${preload}`
}

interface Frame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Sums up what is in the folder of a server that has stopped, for each of the things that it did. */
export function profileTables(folder: string, title: string, things: number): readonly Table[] {
  const profile = readProfile(folder)
  const selfTimes = new Map<number, number>()
  for (const [index, id] of profile.samples.entries()) {
    selfTimes.set(id, (selfTimes.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0))
  }
  const busy = profile.nodes
    .filter(({ callFrame }) => callFrame.functionName !== '(idle)')
    .map(({ id, callFrame }) => ({ callFrame, time: selfTimes.get(id) ?? 0 }))
  const whole = busy.reduce((sum, { time }) => sum + time, 0)
  const summed = (nameOf: (frame: Frame) => string, most: number) =>
    sumBy(
      busy,
      ({ callFrame }) => nameOf(callFrame),
      ({ time }) => time,
    )
      .slice(0, most)
      .map(([name, time]) => [
        name,
        `${((time / whole) * 100).toFixed(1)} %`,
        (time / things).toFixed(1),
      ])
  const columns = ['share', 'µs for each']
  return [
    { title: `${title}: packages`, columns: ['package', ...columns], rows: summed(packageOf, 20) },
    { title: `${title}: functions`, columns: ['function', ...columns], rows: summed(nameOf, 25) },
    statementTable(folder, `${title}: statements`, things),
  ]
}

/** Of several, as threads have their own, the longest: that of the thread that answers. */
function readProfile(folder: string): Profile {
  const [largest] = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => join(folder, name))
    .toSorted((one, other) => statSync(other).size - statSync(one).size)
  if (largest === undefined) throw new Error(`there is no profile in ${folder}`)
  return JSON.parse(readFileSync(largest, 'utf8')) as Profile
}

function statementTable(folder: string, title: string, things: number): Table {
  const spent = JSON.parse(readFileSync(join(folder, 'statements.json'), 'utf8')) as [
    string,
    Spent,
  ][]
  return {
    title,
    columns: ['statement', 'times for each', 'CPU µs at a time', 'CPU µs for each', 'wall µs'],
    rows: spent
      .toSorted(([, one], [, other]) => other.cpu - one.cpu || other.wall - one.wall)
      .slice(0, 25)
      .map(([sql, { count, cpu, wall }]) => [
        sql.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 110),
        (count / things).toFixed(2),
        (cpu / count).toFixed(1),
        (cpu / things).toFixed(1),
        (wall / count).toFixed(0),
      ]),
  }
}

function sumBy<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  valueOf: (thing: T) => number,
): [string, number][] {
  const sums = new Map<string, number>()
  for (const thing of things) {
    sums.set(keyOf(thing), (sums.get(keyOf(thing)) ?? 0) + valueOf(thing))
  }
  return [...sums].toSorted(([, one], [, other]) => other - one)
}

const sqliteMethods = new Set(['run', 'all', 'get', 'exec', 'prepare', 'columns', 'iterate'])

function packageOf({ functionName, url }: Frame): string {
  if (url === '') {
    if (functionName.startsWith('(')) return functionName
    return sqliteMethods.has(functionName) ? 'node:sqlite' : 'native'
  }
  if (url.startsWith('node:')) return /^node:internal\/(?:deps\/)?\w+/.exec(url)?.[0] ?? url
  // What a wrapper calls is counted as its own time.
  if (url.startsWith(tap)) return 'node:sqlite'
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  return name ?? 'own'
}

function nameOf(frame: Frame): string {
  const { functionName, url, lineNumber } = frame
  const path = url.startsWith('file:') ? decodeURI(new URL(url).pathname) : url
  const short = path.replace(/.*\/node_modules\//, '').replace(/.*\/src\//, 'src/')
  const where = short === '' ? packageOf(frame) : `${short}:${lineNumber + 1}`
  return `${functionName || '(anonymous)'} ${where.startsWith('(') ? '' : where}`.trim()
}
