// A misspelt name sets nothing, and without a word about it nobody notices.
import type { Environment } from './environment.ts'
import { settings, type Setting } from './settings.ts'

const known = settings.flatMap((one: Setting) =>
  one.secret ? [one.name, `${one.name}_FILE`] : [one.name],
)

interface UnknownSetting {
  readonly setting: string
  readonly says: string
}

/** The names that begin as settings do and are none, each with the setting that it comes nearest to. */
export function unknownSettings(env: Environment): UnknownSetting[] {
  return (
    Object.keys(env)
      // Those of tests and of the demo are no settings of a node, and do no harm there.
      .filter((name) => /^SEKISHO_(?!TEST_|DEMO_)/i.test(name) && !known.includes(name))
      .sort()
      .map((setting) => ({
        setting,
        says: `${setting}: is no setting and does nothing; ${nearest(setting)} is the nearest one`,
      }))
  )
}

function nearest(name: string): string {
  const upper = name.toUpperCase()
  const [first = ''] = known.toSorted((one, other) => editsTo(one, upper) - editsTo(other, upper))
  return first
}

/** Signs to put in, take out or change until one text is the other (Levenshtein). */
function editsTo(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [line, sign] of [...one].entries()) {
    const next = [line + 1]
    for (const [column, own] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (sign === own ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
