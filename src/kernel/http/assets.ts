// The files that scripts/build.mjs built for the browser, read once at start and served from memory.
import { readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { Coding } from './coding.ts'

export interface AssetFile {
  /** The same content in each coding. */
  readonly bodies: Readonly<Record<Coding, Buffer<ArrayBuffer>>>
  readonly type: string
}

export interface Assets {
  /** The address of an entry: `style.css`, `icon.svg`, a list, or the name of a script (`sign-in`). */
  address(entry: string): string
  /** Every file by its address. Names change with the content, so browsers may cache them for ever. */
  readonly files: ReadonlyMap<string, AssetFile>
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** Reads the manifest and the files that it names; throws when they have not been built. */
export function loadAssets(directory: string): Assets {
  const addresses = new Map<string, string>()
  const files = new Map<string, AssetFile>()
  for (const [source, { file }] of Object.entries(readManifest(directory))) {
    const address = `/assets/${file}`
    const read = (ending: string) => readFileSync(join(directory, file + ending))
    addresses.set(basename(source, '.ts'), address)
    const type = types[extname(file)] ?? 'application/octet-stream'
    files.set(address, { bodies: { br: read('.br'), gzip: read('.gz'), identity: read('') }, type })
  }
  return {
    files,
    address: (entry) => {
      const address = addresses.get(entry)
      if (!address) throw new Error(`No built file for the page entry "${entry}"`)
      return address
    },
  }
}

function readManifest(directory: string): Record<string, { file: string }> {
  const path = join(directory, '.vite', 'manifest.json')
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, { file: string }>
  } catch (cause) {
    throw new Error(`The pages' scripts are not built (${path}): run "npm run build"`, { cause })
  }
}
