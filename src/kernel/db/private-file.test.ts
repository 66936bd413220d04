// Whoever may write in a folder that a group shares can put a link there: nobody is led to another file by it.
import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { appendPrivately, closeToOthers } from './private-file.ts'

function linkIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-link-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const [target, link] = [join(folder, 'target'), join(folder, 'link')]
  writeFileSync(target, 'theirs', { mode: 0o640 })
  chmodSync(target, 0o640)
  symlinkSync(target, link)
  return { target, link }
}

test('root changes the mode of no file that a link leads to', (t) => {
  const { target, link } = linkIn(t)
  t.mock.method(process as { geteuid(): number }, 'geteuid', () => 0)
  closeToOthers(link)
  assert.equal(statSync(target).mode & 0o777, 0o640)
  closeToOthers(target)
  assert.equal(statSync(target).mode & 0o777, 0o600)
})

test('nothing is written through a link', async (t) => {
  const { target, link } = linkIn(t)
  await assert.rejects(appendPrivately(link, 'more'), { code: 'ELOOP' })
  assert.equal(readFileSync(target, 'utf8'), 'theirs')
})
