/** What the software authenticator needs of CBOR (RFC 8949): integers, texts, bytes and maps. */
export type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>

/** Encodes one item in its shortest form; a map keeps the order of its entries. */
export function encodeCbor(item: Cbor): Uint8Array {
  if (typeof item === 'number') return item >= 0 ? head(0, item) : head(1, -1 - item)
  if (typeof item === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(item)), Buffer.from(item)])
  if (item instanceof Uint8Array) return Buffer.concat([head(2, item.length), item])
  const entries = [...item].flatMap(([key, value]) => [encodeCbor(key), encodeCbor(value)])
  return Buffer.concat([head(5, item.size), ...entries])
}

/** RFC 8949 §3: the major type in the upper three bits, then the argument in as few bytes as it takes. */
function head(major: number, argument: number): Uint8Array {
  const type = major << 5
  if (argument < 24) return Uint8Array.of(type | argument)
  if (argument < 0x100) return Uint8Array.of(type | 24, argument)
  if (argument < 0x10000) return Uint8Array.of(type | 25, argument >> 8, argument & 0xff)
  const bytes = Buffer.alloc(5, type | 26)
  bytes.writeUInt32BE(argument, 1)
  return bytes
}
