// Marionette, the protocol by which Firefox is driven: WebDriver's commands over a TCP connection of its own,
// each message a JSON text behind its length in bytes.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

type Reply = readonly [kind: 1, id: number, error: { message: string } | null, result: unknown]

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** One connection; it ends with the browser, which fails what has not been answered. */
export class Marionette {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  #last = 0
  #received = Buffer.alloc(0)

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has gone'))
    })
    socket.on('error', () => {})
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Marionette(socket)
  }

  /** The result of a command; throws what the browser refuses it with. */
  async send(command: string, parameters: object = {}): Promise<unknown> {
    this.#last += 1
    const id = this.#last
    const text = JSON.stringify([0, id, command, parameters])
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`)
    return answered
  }

  #read(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      const colon = this.#received.indexOf(':')
      const end = colon + 1 + Number(this.#received.subarray(0, Math.max(colon, 0)).toString())
      if (colon < 0 || this.#received.length < end) return
      const message = JSON.parse(this.#received.subarray(colon + 1, end).toString()) as unknown
      this.#received = this.#received.subarray(end)
      // The first message greets.
      if (Array.isArray(message)) this.#answer(message as unknown as Reply)
    }
  }

  #answer([, id, error, result]: Reply): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result)
  }
}
