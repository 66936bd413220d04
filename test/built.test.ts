// Browser scripts are built again once a file that they are made of has changed, of whichever surface it is.
import assert from 'node:assert/strict'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'

const surfaces = readdirSync('src/surfaces').filter((name) =>
  readdirSync(join('src/surfaces', name)).includes('web'),
)
const sources = [
  ...surfaces.map((name) => `src/surfaces/${name}/web/style/one.css`),
  'scripts/build.mjs',
  'package-lock.json',
]
const results = ['dist/web/one.js', 'dist/console/one.js']

describe('what browsers load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-built-'))
  let isBuilt: () => boolean
  const write = (path: string, minute: number) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), '')
    utimesSync(join(folder, path), minute * 60, minute * 60)
  }
  before(async () => {
    mkdirSync(join(folder, 'scripts'))
    cpSync('scripts/install.mjs', join(folder, 'scripts/install.mjs'))
    const script = pathToFileURL(join(folder, 'scripts/install.mjs')).href
    ;({ isBuilt } = (await import(script)) as { isBuilt: () => boolean })
  })
  const writeAll = () => {
    for (const path of sources) write(path, 1)
    for (const path of results) write(path, 2)
  }
  after(() => rmSync(folder, { recursive: true }))

  test('is there, and stays, when all of it is younger than its sources', () => {
    writeAll()
    assert.equal(isBuilt(), true)
  })
  for (const path of sources) {
    test(`is built again after a change of ${path}`, () => {
      writeAll()
      write(path, 3)
      assert.equal(isBuilt(), false)
    })
  }
  for (const path of results) {
    test(`is built again without ${dirname(path)}`, () => {
      writeAll()
      rmSync(join(folder, dirname(path)), { recursive: true })
      assert.equal(isBuilt(), false)
    })
  }
})
