// Just enough of CBOR (RFC 8949, §3) to find the end of an item.

/** Deeper than any attestation object. */
const deepest = 16

/**
 * The end of the item that begins at `start`; null when it is truncated or of indefinite length, which
 * WebAuthn's encoding (CTAP2, §8) forbids.
 */
export function endOfItem(bytes: Uint8Array, start = 0, depth = 0): number | null {
  const first = bytes[start]
  if (first === undefined || depth > deepest) return null
  const [major, short] = [first >> 5, first & 31]
  if (short > 27) return null
  const width = short < 24 ? 0 : 2 ** (short - 24)
  let end = start + 1 + width
  if (end > bytes.length) return null
  if (major === 7) return end
  const argument = short < 24 ? short : readNumber(bytes.subarray(start + 1, end))
  if (major === 2 || major === 3) {
    end += argument
    return end <= bytes.length ? end : null
  }
  // The nested items: an array's, a map's keys and values, a tag's one; numbers have none.
  const held = [0, 0, 0, 0, argument, 2 * argument, 1][major] ?? 0
  for (let item = 0; item < held; item += 1) {
    const next = endOfItem(bytes, end, depth + 1)
    if (next === null) return null
    end = next
  }
  return end
}

function readNumber(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0)
}
