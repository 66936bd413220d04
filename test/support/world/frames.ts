// The frame that most suites stand in: a world on each database.
import { after, before, describe } from 'node:test'
import { databases, type DatabaseKind } from './postgres.ts'
import { World, type WorldOptions } from './world.ts'

export interface SuiteOptions {
  readonly concurrency?: number
  readonly timeout?: number
}

type DatabaseSuite = (world: World, database: DatabaseKind) => void

/**
 * A suite for each database, `TITLE on NAME`, with a world that is there before its first hook and gone
 * after its last.
 */
export function onEachDatabase(title: string, suite: DatabaseSuite): void
export function onEachDatabase(
  title: string,
  options: SuiteOptions & WorldOptions,
  suite: DatabaseSuite,
): void
export function onEachDatabase(
  title: string,
  ...given: [DatabaseSuite] | [SuiteOptions & WorldOptions, DatabaseSuite]
): void {
  const [options, suite] = given.length === 1 ? [{}, given[0]] : given
  for (const database of databases) {
    describe(`${title} on ${database.name}`, options, () => {
      const world = new World(database, options)
      before(() => world.begin())
      suite(world, database)
      after(() => world.stop())
    })
  }
}
