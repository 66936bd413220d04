// Backups of a world's only node, and restores of them while it is stopped.
import assert from 'node:assert/strict'
import type { World } from './world.ts'

let backups = 0

/** Runs a command that must succeed; returns what it says. */
export async function succeed(world: World, ...words: string[]): Promise<string> {
  const { status, errors, output } = await world.command(words)
  assert.equal(status, 0, errors)
  return output
}

/** Backs the database up; returns the path of the copy. */
export async function backUp(world: World): Promise<string> {
  const path = `${world.database.address}-backup-${(backups += 1)}`
  await succeed(world, 'backup', '--to', path)
  return path
}

/** Restores a copy and starts a node on it; returns what the command says. */
export async function restoreFrom(world: World, path: string): Promise<string> {
  await world.nodes.pop()?.stop()
  const said = await succeed(world, 'restore', '--from', path)
  await world.startNode()
  return said
}
