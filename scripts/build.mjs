// Builds what browsers load, customers' into dist/web and operators' into dist/console: one script per page,
// style sheets and the icon, with names that change with the content, a manifest of them, and each file packed
// by brotli and gzip. Runs under any Node that Vite supports.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { dictionary } from '@zxcvbn-ts/language-common'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The oldest browsers that the pages run on (docs/browsers.md). */
const { floor } = JSON.parse(
  await readFile(join(root, 'src/surfaces/customer/web/browsers.json'), 'utf8'),
)

/** What the pages of each surface load before their own script. */
const early = 'src/surfaces/frame/web/early.ts'

/**
 * The common passwords that the pages know: all that are long enough to be set, and the shorter ones that others
 * are often made of.
 */
function commonPasswords() {
  const often = 3000
  const words = dictionary['passwords-common'].filter(
    (word, rank) => [...word].length >= 8 || (word.length >= 3 && rank < often),
  )
  return words.sort().join('\n')
}

/** Each surface's folder in dist/, the entries of its pages, and the lists that they read. */
const surfaces = {
  web: {
    folder: 'src/surfaces/customer/web',
    entries: [
      'sign-in.ts',
      'email-code.ts',
      'passkey.ts',
      'portal.ts',
      'new-passkey.ts',
      'second-factor.ts',
      'own-change.ts',
      'notices.ts',
      'step-up.ts',
      'hand-over.ts',
      'recovery.ts',
      'stuck.ts',
      'lift-stop.ts',
      'style.css',
      'help.css',
      'manual.css',
    ],
    lists: { 'common-passwords.txt': commonPasswords },
  },
  console: {
    folder: 'src/surfaces/console/web',
    entries: [
      'sign-in.ts',
      'enrol.ts',
      'desk.ts',
      'accounts.ts',
      'account.ts',
      'calls.ts',
      'case.ts',
      'asking.ts',
      'operators.ts',
      'me.ts',
      'request.ts',
      'style.css',
    ],
  },
}

for (const [name, surface] of Object.entries(surfaces)) await buildSurface(name, surface)

async function buildSurface(name, { folder, entries, lists = {} }) {
  const icon = `${folder}/icon.svg`
  const target = join(root, 'dist', name)
  const built = `${target}.${process.pid}`
  const manifest = {}
  await mkdir(join(built, '.vite'), { recursive: true })
  // One build per entry: a page then loads one file, and never waits for a second one named in it.
  for (const entry of [early, ...entries.map((one) => `${folder}/${one}`)]) {
    manifest[entry] = { file: await bundle(entry, built), isEntry: true }
  }
  manifest[icon] = { file: await copy(icon, built) }
  for (const [list, make] of Object.entries(lists)) {
    manifest[list] = { file: await write(list, make(), built) }
  }
  for (const { file } of Object.values(manifest)) await pack(join(built, file))
  await writeFile(join(built, '.vite', 'manifest.json'), JSON.stringify(manifest, null, 2))
  await rm(target, { recursive: true, force: true })
  await rename(built, target)
}

async function bundle(entry, built) {
  const { output } = await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    base: '/assets/',
    build: {
      outDir: built,
      emptyOutDir: false,
      assetsDir: '',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: floor.map((browser) => browser.target),
      rolldownOptions: { input: join(root, entry) },
    },
  })
  const wanted = entry.endsWith('.css') ? '.css' : '.js'
  return output.find(({ fileName }) => fileName.endsWith(wanted)).fileName
}

async function copy(source, built) {
  return write(basename(source), await readFile(join(root, source)), built)
}

/** Writes a file under a name that changes with its content, which it returns. */
async function write(name, content, built) {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8)
  const extension = extname(name)
  const file = `${basename(name, extension)}-${hash}${extension}`
  await writeFile(join(built, file), content)
  return file
}

/** As small as it gets: a file is packed once and sent for years. Brotli's best quality is its default. */
async function pack(path) {
  const content = await readFile(path)
  await writeFile(`${path}.br`, brotliCompressSync(content))
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }))
}
