// Files that browsers load beside the pages, from memory.
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { AssetFile } from '../../kernel/http/assets.ts'
import { chooseCoding, type Coding } from '../../kernel/http/coding.ts'
import type { Visit } from './visit.ts'

export type Show = (visit: Visit) => Response | Promise<Response>

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
    const coding = codingFor(visit)
    if (coding !== 'identity') visit.header('Content-Encoding', coding)
    return visit.body(file.bodies[coding])
  }
}

/**
 * Packs what is the same for everybody: the help, the manual, the guide. Nothing that holds a secret may go
 * through it, as the length of a packed answer tells of its content (docs/decisions/0021).
 */
export function servePacked(show: Show): Show {
  return async (visit) => {
    const answer = await show(visit)
    const { status } = answer
    const headers = new Headers(answer.headers)
    headers.append('Vary', 'Accept-Encoding')
    const coding = codingFor(visit)
    const body = Buffer.from(await answer.arrayBuffer())
    if (coding === 'identity') return new Response(body, { status, headers })
    headers.set('Content-Encoding', coding)
    return new Response(await packers[coding](body), { status, headers })
  }
}

/** Quick rather than small, as it is done for each answer; beside the event loop. */
const packers = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body: Buffer) => promisify(gzip)(body),
} as const

function codingFor(visit: Visit): Coding {
  return chooseCoding(visit.req.header('accept-encoding') ?? '')
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
