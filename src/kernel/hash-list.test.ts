// Lists of hashes as they are published, in every form that they come in, are searched where they lie.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findHashListFault, isInHashList } from './hash-list.ts'

const hashOf = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

/** Hashes in order; odd numbers are on lists, even ones are between them. */
const all = Array.from({ length: 6001 }, (_, number) => hashOf(String(number))).sort()
const listed = all.filter((_, at) => at % 2 === 1)

describe('a list of hashes', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sekisho-list-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function write(content: string | Buffer): Promise<string> {
    const path = join(folder, 'list.txt')
    await writeFile(path, content)
    return path
  }

  const counts = ['', ':1', ':52256179']
  const forms: Readonly<Record<string, (hashes: readonly string[]) => string>> = {
    'with counts and CRLF, as published': (hashes) =>
      hashes.map((hash, at) => `${hash}:${at * at + 1}\r\n`).join(''),
    'with counts and LF': (hashes) => hashes.map((hash, at) => `${hash}:${at + 1}\n`).join(''),
    'without counts': (hashes) => hashes.map((hash) => `${hash}\n`).join(''),
    'in lower case': (hashes) => hashes.map((hash) => `${hash.toLowerCase()}:3\n`).join(''),
    'without an end of its last line': (hashes) => hashes.map((hash) => `${hash}:7`).join('\r\n'),
    'with lines of different lengths': (hashes) =>
      hashes.map((hash, at) => hash + counts[at % 3]).join('\n'),
  }

  for (const [form, write_] of Object.entries(forms)) {
    for (const length of [1, 2, 76, 3000]) {
      test(`${form}, of ${length}, holds what it holds and nothing else`, async () => {
        const hashes = listed.slice(0, length)
        const path = await write(write_(hashes))
        assert.equal(findHashListFault(path), null)
        const found: string[] = []
        const asked = all.filter((_, at) => at < 160 || at > 2 * length - 8 || at % 97 === 0)
        for (const hash of asked.slice(0, 400)) {
          if (await isInHashList(path, hash)) found.push(hash)
        }
        assert.deepEqual(
          found,
          asked.slice(0, 400).filter((hash) => hashes.includes(hash)),
        )
      })
    }
  }

  test('is asked in either case', async () => {
    const path = await write(listed.map((hash) => `${hash}:1\n`).join(''))
    assert.equal(await isInHashList(path, String(listed[77]).toLowerCase()), true)
  })

  const faulty: Readonly<Record<string, string | Buffer>> = {
    'an empty file': '',
    'hashes of another kind': listed.map((hash) => `${hash.slice(0, 32)}:1\n`).join(''),
    'passwords in clear': 'password\n12345678\n',
    'a list by how often they occur': [...listed].sort(() => -1).join('\n'),
    'a list with one part elsewhere': [...listed.slice(2000), ...listed.slice(0, 2000)].join('\n'),
    'a text in UTF-16': Buffer.from(listed.join('\r\n'), 'utf16le'),
    'an archive': Buffer.from('377abcaf271c0004'.repeat(4000), 'hex'),
    'hashes without line ends': listed.join(''),
  }
  for (const [what, content] of Object.entries(faulty)) {
    test(`is not ${what}`, async () => {
      assert.match(String(findHashListFault(await write(content))), /^is not /)
    })
  }

  test('is not a folder', () => {
    assert.equal(findHashListFault(folder), 'is no file')
  })

  test('that has gone is an error, and no answer', async () => {
    await assert.rejects(isInHashList(join(folder, 'gone.txt'), hashOf('1')), { code: 'ENOENT' })
  })
})
