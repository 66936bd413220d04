// Files that browsers load beside the pages, from memory.
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { AssetFile } from '../../kernel/http/assets.ts'
import { readWishes } from '../../kernel/http/wishes.ts'
import type { Visit } from './visit.ts'

const logoTypes: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
}

/** Browsers keep built files for a year, as a hash of the content is in the name; the logo for an hour. */
export function serveAsset(file: AssetFile | string): (visit: Visit) => Response {
  if (typeof file === 'string') {
    const type = logoTypes[extname(file).toLowerCase()] ?? 'application/octet-stream'
    return serveText(type, readFileSync(file))
  }
  return (visit) => {
    visit.header('Content-Type', file.type)
    visit.header('Cache-Control', 'public, max-age=31536000, immutable')
    visit.header('Vary', 'Accept-Encoding')
    if (!takesGzip(visit.req.header('accept-encoding') ?? '')) return visit.body(file.body)
    visit.header('Content-Encoding', 'gzip')
    return visit.body(file.gzipped)
  }
}

/** RFC 9110, §12.5.3: `*` stands only for codings that the header does not name. */
function takesGzip(acceptEncoding: string): boolean {
  const wishes = readWishes(acceptEncoding)
  const wish =
    wishes.find(({ name }) => name === 'gzip' || name === 'x-gzip') ??
    wishes.find(({ name }) => name === '*')
  return wish !== undefined && wish.quality > 0
}

/** A text may change when Sekisho restarts, so browsers keep it for an hour only. */
export function serveText(
  type: string,
  body: string | Buffer<ArrayBuffer>,
): (visit: Visit) => Response {
  return (visit) => {
    visit.header('Content-Type', type)
    visit.header('Cache-Control', 'public, max-age=3600')
    return visit.body(body)
  }
}
