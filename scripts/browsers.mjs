// Finds a Chromium and a Firefox that run, or brings them, and a Japanese font for their screenshots.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { run } from './install.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const firefoxes = ['firefox-esr', 'firefox']
const headlessShell = 'chromium-headless-shell'
const macApps = ['Google Chrome', 'Chromium'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)

/** The path of a Chromium that runs; throws when there is none and none can be installed. */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    if (canRun(chosen)) return chosen
    throw new Error(`CHROMIUM_PATH is ${chosen}, which does not run`)
  }
  const found = await findInstalled()
  if (found) return found
  console.log('Installing Chromium for the browser tests …')
  const debian = () => isRootOnDebian() && installByApt('chromium')
  const playwright = () => run('playwright-core', ['install', 'chromium'])
  for (const bring of [debian, playwright]) {
    await bring()
    const brought = await findInstalled()
    if (brought) return brought
  }
  throw new Error('no Chromium: install one, or name it in CHROMIUM_PATH')
}

/**
 * The path of Chromium's headless shell, which has all of its web but no window, no menus and half of its
 * cost; of the whole Chromium where there is no shell.
 */
export async function findHeadlessShell() {
  if (process.env.CHROMIUM_PATH) return findChromium()
  const onPath = () => output('which', [headlessShell])
  if (onPath() === '' && isRootOnDebian()) await installByApt(headlessShell)
  return canRun(onPath()) ? onPath() : findChromium()
}

/** The path of a Firefox, which Debian alone brings, where that is wished; undefined without one. */
export async function findFirefox({ mayBring }) {
  const find = () => firefoxes.map((name) => output('which', [name])).find(canRun)
  if (!find() && mayBring && isRootOnDebian()) await installByApt('firefox-esr')
  return find()
}

/** Brings a Japanese font where it is missing and may be installed; without one only looks suffer. */
export async function ensureJapaneseFont() {
  if (process.platform === 'darwin' || output('fc-list', [':lang=ja']) !== '') return
  if (isRootOnDebian() && (await installByApt('fonts-noto-cjk'))) return
  console.warn('There is no Japanese font here: screenshots will show boxes.')
}

async function findInstalled() {
  const { chromium } = await import('playwright-core')
  const onPath = names.map((name) => output('which', [name])).filter(Boolean)
  return [...onPath, ...macApps, chromium.executablePath()].find(canRun)
}

function canRun(path) {
  return existsSync(path) && output(path, ['--version']) !== ''
}

/** Ubuntu's package is an empty one that leads to a snap: only Debian's own will do. */
function isRootOnDebian() {
  const release = '/etc/os-release'
  return process.getuid() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release))
}

async function installByApt(name) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const patience = ['DPkg::Lock::Timeout=300', 'Acquire::http::Timeout=20']
  const options = patience.flatMap((option) => ['-o', option])
  const apt = (...args) => run('apt-get', ['-q', ...options, ...args], { env })
  // A list that cannot be renewed may still do.
  await apt('update')
  return (await apt('install', '-y', '--no-install-recommends', name)) === 0
}

/** What a command prints, without surrounding blanks; empty when it fails or is not there. */
function output(command, args) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 }
    return execFileSync(command, args, options).trim()
  } catch {
    return ''
  }
}
