// What every script begins with. Runs on any Node from 20, before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const tools = join(root, 'node_modules', '.bin')

// npm puts our tools on PATH. To install, they are taken off again: npm must not run on the very
// Node that it is about to replace.
const pathWithoutTools = (process.env.PATH ?? '').split(delimiter).filter((part) => part !== tools)

/** The environment in which `node` is our Node 26 and every tool of node_modules is found. */
export const environment = { ...process.env, PATH: [tools, ...pathWithoutTools].join(delimiter) }

/** Installs the dependencies and builds the browser scripts, each only when it is needed. */
export async function install() {
  if (!isInstalled()) {
    console.log('Installing the dependencies …')
    const PATH = pathWithoutTools.join(delimiter)
    const npm = ['ci', '--include=dev', '--no-audit', '--no-fund']
    await must('npm', npm, { env: { ...process.env, PATH } })
  }
  if (!isBuilt()) await must('node', ['scripts/build.mjs'])
}

/** Runs a command to its end and returns its exit code, 128 + n for a signal as in a shell. */
export function run(command, args, options = {}) {
  return start(command, args, options).ended
}

/** Starts a command that shares our output, by default in the project's folder and environment. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, env: environment, stdio: 'inherit', ...options })
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
  return { child, ended }
}

/** Runs a command, passes signals on to it and exits as it does. */
export async function become(command, args, options = {}) {
  const { child, ended } = start(command, args, options)
  // Ctrl-C reaches the whole process group by itself; a second signal would hurry the server.
  process.on('SIGINT', (signal) => process.stdin.isTTY || child.kill(signal))
  process.on('SIGTERM', (signal) => child.kill(signal))
  process.on('SIGHUP', (signal) => child.kill(signal))
  process.exit(await ended)
}

async function must(command, args, options) {
  const exitCode = await run(command, args, options)
  if (exitCode === 0) return
  console.error(`\n${[command, ...args].join(' ')} failed with exit code ${exitCode}.`)
  process.exit(exitCode)
}

/** Whether node_modules is what package-lock.json asks for; npm writes its own list at the end. */
function isInstalled() {
  const listOfInstalled = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(listOfInstalled) || !existsSync(join(tools, 'node'))) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(listOfInstalled)
  const isWanted = (path) => wanted[path] !== undefined
  const isPresent = ([path, entry]) =>
    path === '' || (present[path] ? isSame(entry, present[path]) : entry.optional === true)
  return Object.keys(present).every(isWanted) && Object.entries(wanted).every(isPresent)
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}

function isSame(one, other) {
  return one.version === other.version && one.integrity === other.integrity
}

/** Whether all that browsers load is younger than what it is made of. */
export function isBuilt() {
  const surfaces = readdirSync(join(root, 'src/surfaces')).map((one) => `src/surfaces/${one}/web`)
  const sources = [...surfaces, 'scripts/build.mjs', 'package-lock.json'].map(newestIn)
  return ['dist/web', 'dist/console'].every((built) => newestIn(built) > Math.max(...sources))
}

function newestIn(path) {
  const full = join(root, path)
  if (!existsSync(full)) return 0
  if (!statSync(full).isDirectory()) return statSync(full).mtimeMs
  return Math.max(0, ...readdirSync(full).map((name) => newestIn(join(path, name))))
}
