import { randomFillSync } from 'node:crypto'

const poolSize = 4096

/**
 * Gives texts of random bytes, in base64url. The bytes come from a pool, as one call to the system's random
 * source costs more than the rest of a text. Those that were given are wiped, so that a pool never holds a
 * secret that is in use.
 */
export function randomTexts(
  fill: (pool: Buffer<ArrayBuffer>) => void = randomFillSync,
): (size: number) => string {
  const pool = Buffer.alloc(poolSize)
  let left = 0
  return (size) => {
    if (left < size) {
      fill(pool)
      left = poolSize
    }
    const bytes = pool.subarray(left - size, left)
    left -= size
    const text = bytes.toString('base64url')
    bytes.fill(0)
    return text
  }
}
