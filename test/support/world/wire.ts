// HTTP as bytes on a socket, for what no HTTP client lets one send.
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** Bytes to send, or milliseconds to wait before the next ones. */
export type Part = string | Uint8Array | number

export interface WireAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

export interface WireOptions {
  /** Our end of the connection is closed after the last part; default: the server ends it. */
  readonly halfClose?: boolean
  /** Leaves after the last part without waiting for anything. */
  readonly hangUp?: boolean
}

/** Sends the parts on one connection and returns all answers, once the server has ended it. */
export async function onWire(
  url: string,
  parts: readonly Part[],
  { halfClose = false, hangUp = false }: WireOptions = {},
): Promise<readonly WireAnswer[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly WireAnswer[]>()
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true })
  const chunks: Buffer[] = []
  const giveUp = setTimeout(() => {
    socket.destroy()
    reject(new Error(`the server did not end it: ${Buffer.concat(chunks).toString()}`))
  }, 20_000)
  socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
  // A server that has said its last word may reset what still comes.
  socket.on('error', () => {})
  socket.on('close', () => {
    clearTimeout(giveUp)
    resolve(readAnswers(Buffer.concat(chunks)))
  })
  for (const part of parts) {
    if (typeof part === 'number') await wait(part)
    else if (socket.writable) socket.write(part)
  }
  if (halfClose) socket.end()
  if (hangUp) socket.resetAndDestroy()
  return promise
}

function readAnswers(bytes: Buffer): WireAnswer[] {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return []
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/:\s*/, 2)
      return [name.toLowerCase(), value]
    }),
  )
  const bodyEnd = end + 4 + Number(headers.get('content-length') ?? 0)
  const status = Number(first.split(' ')[1])
  const body = bytes.subarray(end + 4, bodyEnd).toString()
  const rest = readAnswers(bytes.subarray(bodyEnd))
  // `100 Continue` is no answer.
  return status === 100 ? rest : [{ status, headers, body }, ...rest]
}
