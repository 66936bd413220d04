// npm test [-- PATTERN …]: installs what is missing, then checks types and format and runs the tests
// on a real PostgreSQL and in a real Chromium. With patterns: only the test files whose path contains
// one of them, and only what these need. SEKISHO_TEST_PROXIES=nginx,haproxy,caddy makes the faults fail
// where one of these is not installed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { ensureJapaneseFont, findChromium, findFirefox, findHeadlessShell } from './browsers.mjs'
import { environment, install, root, start } from './install.mjs'
import { bundle, findTestFiles, mentions } from './test-files.mjs'

const patterns = process.argv.slice(2)
const results = []
const running = new Set()
let interrupted

await install()
const files = findTestFiles(patterns)
if (files.length === 0) {
  console.error(`No test file's path contains ${patterns.join(' or ')}.`)
  process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = signal
    for (const child of running) child.kill('SIGTERM')
  })
}

const folder = mkdtempSync(join(tmpdir(), 'sekisho-tests-'))
// What Node made of a file is kept: most processes load the whole server.
const compiled = join(root, 'node_modules', '.cache', 'compiled')
// The trail names who asked sudo.
const env = { ...environment, SUDO_USER: undefined, TMPDIR: folder, NODE_COMPILE_CACHE: compiled }
let stopPostgres = async () => {}
let counts = []
try {
  if (mentions(files, 'SEKISHO_TEST_CHROMIUM')) {
    env.SEKISHO_TEST_CHROMIUM = await findChromium()
    env.SEKISHO_TEST_CHROMIUM_SHELL = await findHeadlessShell()
    await ensureJapaneseFont()
  }
  if (mentions(files, 'SEKISHO_TEST_FIREFOX')) {
    env.SEKISHO_TEST_FIREFOX = await findFirefox({ mayBring: patterns.length > 0 })
  }
  if (patterns.length === 0) {
    // Only what has changed since it was last looked at is looked at again.
    const cache = ['--cache', '--cache-strategy=content']
    await Promise.all([
      step('types', 'tsc', []),
      step('format', 'prettier', ['--check', '.', ...cache]),
    ])
  }
  if (mentions(files, 'SEKISHO_TEST_POSTGRES') && !interrupted) {
    const postgres = await startPostgres()
    stopPostgres = postgres.stop
    env.SEKISHO_TEST_POSTGRES = postgres.url
  }
  counts = await runTests()
} catch (error) {
  console.error(error)
  results.push({ name: 'test run', exitCode: 1, seconds: 0 })
} finally {
  await stopPostgres()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
process.exit(summarise())

async function step(name, command, args) {
  if (interrupted) return
  console.log(`\n— ${name}`)
  const began = performance.now()
  const { child, ended } = start(command, args, { env })
  running.add(child)
  const exitCode = await ended
  running.delete(child)
  results.push({ name, exitCode, seconds: (performance.now() - began) / 1000 })
}

/** Runs all files and returns the runner's own closing lines: `# tests 12`, `# pass 12` and so on. */
async function runTests() {
  const protocol = join(folder, 'protocol.tap')
  await step('tests', 'node', [
    '--test',
    `--test-concurrency=${availableParallelism() + 1}`,
    '--test-timeout=600000',
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${protocol}`],
    ...processes(),
  ])
  if (interrupted) return []
  const lines = readFileSync(protocol, 'utf8').trimEnd().split('\n')
  return lines.slice(lines.findLastIndex((line) => !line.startsWith('# ')) + 1)
}

/**
 * A module for each process, which imports its test files. A process of its own for each file would load
 * and warm up the whole server a hundred times. The runner takes them by their names.
 */
function processes() {
  return bundle(files).map((paths, index) => {
    const module = join(folder, `${String(index).padStart(2, '0')}.test.mjs`)
    const imports = paths.map((path) => `import '${pathToFileURL(join(root, path))}'\n`)
    writeFileSync(module, imports.join(''))
    return module
  })
}

/** PostgreSQL in a process of its own, which stops it and clears up when we are gone. */
async function startPostgres() {
  const postgres = spawn('node', ['scripts/postgres.mjs'], {
    cwd: root,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(postgres, 'exit')
  postgres.stdin.on('error', () => {})
  const stop = async () => {
    postgres.stdin.end()
    await ended
  }
  const firstLine = once(createInterface(postgres.stdout), 'line').then(([line]) => line)
  const url = await Promise.race([firstLine, ended.then(() => undefined)])
  if (url === undefined) throw new Error('PostgreSQL did not start')
  return { url, stop }
}

function summarise() {
  console.log('\n— summary')
  for (const { name, exitCode, seconds } of results) {
    const outcome = exitCode === 0 ? 'passed' : `FAILED (exit code ${exitCode})`
    console.log(`${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${outcome}`)
  }
  for (const line of counts) console.log(line)
  if (interrupted) console.log(`Interrupted by ${interrupted}.`)
  if (interrupted) return 128 + constants.signals[interrupted]
  return results.every(({ exitCode }) => exitCode === 0) ? 0 : 1
}
