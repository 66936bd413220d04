// A list of SHA-1 hashes as it is published: a text file, one hash a line in the order of the hashes, with or
// without `:COUNT` behind it. It may be larger than memory, so it is searched where it lies.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

const hashLength = 40
/** Longer than a line and the rest of the one before it. */
const probeSize = 256
/** What is left of the file is read at once when it is no longer than this. */
const blockSize = 4096
const lineShape = /^[0-9a-f]{40}(:\d{1,18})?\r?$/i

/** Whether the list holds a hash, given as 40 hexadecimal digits. Throws where the file cannot be read. */
export async function isInHashList(path: string, hash: string): Promise<boolean> {
  const wanted = hash.toUpperCase()
  await using file = await open(path, 'r')
  // If there is a line of the hash, it begins at `low` or behind it and before `high`.
  let low = 0
  let high = (await file.stat()).size
  while (high - low > blockSize) {
    const line = await firstLineFrom(file, low + Math.floor((high - low) / 2))
    if (line.hash === wanted) return true
    if (line.hash < wanted) low = line.start
    else high = line.start
  }
  const block = (await readAt(file, low, high - low)).toUpperCase()
  return block.split('\n').some((line) => line.slice(0, hashLength) === wanted)
}

/** The first line that begins at a place in the file or behind it. */
async function firstLineFrom(
  file: FileHandle,
  place: number,
): Promise<{ readonly start: number; readonly hash: string }> {
  const before = place - 1
  const text = await readAt(file, before, probeSize)
  const from = text.indexOf('\n') + 1
  const hash = text.slice(from, from + hashLength).toUpperCase()
  if (from === 0 || hash.length < hashLength)
    throw new Error('the list has a line that is too long')
  return { start: before + from, hash }
}

async function readAt(file: FileHandle, place: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, place)
  return buffer.toString('latin1', 0, bytesRead)
}

/** How many places of a list are looked at before it is used. */
const samples = 64

/** What is wrong with a list, as far as some of its lines tell; null if nothing is. Throws where it cannot be read. */
export function findHashListFault(path: string): string | null {
  const file = openSync(path, 'r')
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) return 'is no file'
    let first = ''
    for (let sample = 0; sample <= samples; sample += 1) {
      const lines = linesAt(file, Math.floor((stat.size * sample) / samples), stat.size)
      if (!lines.every((line) => lineShape.test(line)) || (sample === 0 && lines.length === 0)) {
        return 'is not a list of SHA-1 hashes, one a line as HASH or HASH:COUNT'
      }
      const hashes = [first, ...lines.map((line) => line.slice(0, hashLength).toUpperCase())]
      if (hashes.some((hash, at) => hash < (hashes[at - 1] ?? ''))) {
        return 'is not in the order of its hashes'
      }
      // Samples of a short list overlap, so the next one is compared with where this one begins.
      first = hashes[1] ?? first
    }
    return null
  } finally {
    closeSync(file)
  }
}

/** The whole lines around a place, from where one begins. */
function linesAt(file: number, place: number, size: number): readonly string[] {
  const from = Math.max(0, Math.min(place, size - probeSize))
  const buffer = Buffer.alloc(probeSize)
  const read = readSync(file, buffer, 0, probeSize, from)
  const lines = buffer.toString('latin1', 0, read).split('\n')
  const isAtEnd = from + read >= size
  // The first is whole at the beginning of the file alone, the last at its end alone.
  return lines.slice(from === 0 ? 0 : 1, isAtEnd && lines.at(-1) !== '' ? undefined : -1)
}
