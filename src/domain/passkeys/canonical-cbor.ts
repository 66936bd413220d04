// CBOR in the one form that authenticators may write (CTAP2, §8): no tag, no indefinite length, numbers and
// lengths as short as can be, text in UTF-8, no key twice. Fractions are left out: nothing here has any. The
// order of the keys is not checked.
import { isUtf8 } from 'node:buffer'

type Value = number | string | boolean | null | undefined | Buffer | readonly Value[] | CborMap

export type CborMap = ReadonlyMap<number | string, Value>

/** Deeper than the four levels that CTAP2 allows. */
const deepest = 8

const simple = new Map<number, boolean | null | undefined>([
  [20, false],
  [21, true],
  [22, null],
  [23, undefined],
])

/** The map that begins at `start`, and where it ends; throws for anything else. */
export function readMap(bytes: Buffer, start = 0): { readonly map: CborMap; readonly end: number } {
  const [map, end] = readItem(bytes, start, 0)
  if (map instanceof Map) return { map: map as CborMap, end }
  throw new Error('CBOR item is not a map')
}

function readItem(bytes: Buffer, start: number, depth: number): readonly [Value, number] {
  const [major, argument, end] = readHead(bytes, start)
  if (depth > deepest) throw new Error('CBOR is too deep')
  if (major === 0) return [argument, end]
  if (major === 1) return [-1 - argument, end]
  if (major === 2) return [contentOf(bytes, end, argument), end + argument]
  if (major === 3) return [textOf(contentOf(bytes, end, argument)), end + argument]
  if (major === 4) return readItems(bytes, end, argument, depth)
  if (major === 5) {
    const [items, mapEnd] = readItems(bytes, end, 2 * argument, depth)
    return [mapOf(items), mapEnd]
  }
  if (major === 7 && end === start + 1 && simple.has(argument)) return [simple.get(argument), end]
  throw new Error('CBOR item of another kind')
}

/** The type of an item, the number that it begins with, and where that ends. */
function readHead(bytes: Buffer, start: number): readonly [number, number, number] {
  const first = bytes.readUInt8(start)
  const [major, short] = [first >> 5, first & 31]
  if (short < 24) return [major, short, start + 1]
  if (short > 27) throw new Error('CBOR of indefinite length')
  const width = 2 ** (short - 24)
  const argument =
    width < 8 ? bytes.readUIntBE(start + 1, width) : Number(bytes.readBigUInt64BE(start + 1))
  const least = width === 1 ? 24 : 2 ** (4 * width)
  if (argument < least || argument > Number.MAX_SAFE_INTEGER) throw new Error('CBOR number')
  return [major, argument, start + 1 + width]
}

function contentOf(bytes: Buffer, start: number, length: number): Buffer {
  if (start + length > bytes.length) throw new Error('CBOR is cut short')
  return bytes.subarray(start, start + length)
}

function textOf(content: Buffer): string {
  if (isUtf8(content)) return content.toString()
  throw new Error('CBOR text is not UTF-8')
}

function readItems(
  bytes: Buffer,
  start: number,
  count: number,
  depth: number,
): readonly [Value[], number] {
  const items: Value[] = []
  let end = start
  while (items.length < count) {
    const [value, next] = readItem(bytes, end, depth + 1)
    items.push(value)
    end = next
  }
  return [items, end]
}

function mapOf(items: readonly Value[]): CborMap {
  const map = new Map<number | string, Value>()
  for (let at = 0; at < items.length; at += 2) {
    const key = items[at]
    if (typeof key !== 'number' && typeof key !== 'string') throw new Error('CBOR key')
    if (map.has(key)) throw new Error('CBOR key twice')
    map.set(key, items[at + 1])
  }
  return map
}
