// Which test files there are, and what they need.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './install.mjs'

/**
 * The test files whose path contains one of the patterns. Without any: all of them, but of the faults,
 * which pull plugs for minutes (`npm run test:faults`), only the short form.
 */
export function findTestFiles(patterns) {
  const tests = ['src', 'test', 'examples'].flatMap(filesIn).filter(isTest).sort()
  if (patterns.length === 0) return tests.filter((path) => !isLong(path))
  return tests.filter((path) => patterns.some((pattern) => path.includes(pattern)))
}

const isLong = (path) => path.startsWith(join('test', 'faults')) && !path.includes('short')

const isTest = (path) => path.endsWith('.test.ts')

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === 'node_modules') return []
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** Whether a word stands in one of these files, or in a file of ours that they import. */
export function mentions(files, word) {
  const seen = new Set()
  const mentionedIn = (path) => {
    if (seen.has(path) || !existsSync(join(root, path))) return false
    seen.add(path)
    const text = readFileSync(join(root, path), 'utf8')
    return text.includes(word) || importsOf(path, text).some(mentionedIn)
  }
  return files.some(mentionedIn)
}

const mostProcesses = 24

/** The files of each process, so that all have about as much to do; the longest come first. */
export function bundle(files) {
  const weigh = (path) => {
    const { size } = statSync(join(root, path))
    if (mentions([path], 'SEKISHO_TEST_CHROMIUM')) return 4 * size
    return mentions([path], 'SEKISHO_TEST_POSTGRES') ? 2 * size : size / 4
  }
  const weighed = files.map((path) => ({ path, weight: weigh(path) }))
  const count = Math.min(files.length, mostProcesses)
  const bundles = Array.from({ length: count }, () => ({ paths: [], weight: 0 }))
  for (const { path, weight } of weighed.sort((one, other) => other.weight - one.weight)) {
    const lightest = bundles.reduce((one, other) => (other.weight < one.weight ? other : one))
    lightest.paths.push(path)
    lightest.weight += weight
  }
  return bundles.sort((one, other) => other.weight - one.weight).map(({ paths }) => paths)
}

function importsOf(path, text) {
  const specifiers = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
  return [...specifiers].map(([, specifier]) => join(dirname(path), specifier))
}
