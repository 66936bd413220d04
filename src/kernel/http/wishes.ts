/** One entry of a header such as `Accept-Language`, with its quality from 0 to 1. */
interface Wish {
  /** In lower case. */
  readonly name: string
  readonly quality: number
}

const longestRead = 500

/** The entries of a header with quality values (RFC 9110, §12.4.2), in the header's order. */
export function readWishes(header: string): readonly Wish[] {
  return header
    .slice(0, longestRead)
    .split(',')
    .map((wish) => {
      const [name = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean)
      return { name: name.trim(), quality: Number(quality ?? 1) }
    })
}
