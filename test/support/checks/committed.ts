// The files of this repository, as the checks of its texts read them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './boundaries.ts'

export const root = join(import.meta.dirname, '..', '..', '..')
const notOurs = new Set(['node_modules', 'dist', 'data', '.git', '.cache'])
export const committed = read('')
export const sources = committed.filter(
  ({ path }) =>
    /\.(?:ts|mjs|js)$/.test(path) && /^(?:src|test|scripts|bench|examples)\//.test(path),
)

function read(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : read(path)
    const text = entry.isFile() ? readFileSync(join(root, path), 'utf8') : ''
    return text.includes('\0') ? [] : [{ path, text }]
  })
}
