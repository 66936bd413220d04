// A way to a PostgreSQL server on which a test sees, bends and cuts what passes.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface PostgresProxy {
  /** The database's address by this way. */
  readonly address: string
  /** How often the client has waited for the server since `count` was set to 0. */
  turns: number
  /** What becomes of bytes from the client; null cuts both connections in their place. */
  toServer: (sent: Buffer) => Buffer | null
  /** The same for bytes from the server. */
  toClient: (answer: Buffer) => Buffer | null
  /** How many milliseconds later the server's answers come than it gave them. */
  late: number
  stop(): Promise<void>
}

/** Starts it; nothing is late or bent yet unless it is said. */
export async function startPostgresProxy(address: string, late = 0): Promise<PostgresProxy> {
  const { port, hostname } = new URL(address)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect({ port: Number(port), host: hostname, noDelay: true })
    let answered = true
    const cut = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', cut)
      socket.on('close', cut)
    }
    client.on('data', (sent) => {
      const bytes = proxy.toServer(Buffer.from(sent))
      if (!bytes) return cut()
      if (answered) proxy.turns += 1
      answered = false
      upstream.write(bytes)
    })
    upstream.on('data', (answer) => {
      setTimeout(() => {
        const bytes = proxy.toClient(Buffer.from(answer))
        if (!bytes) return cut()
        answered = true
        client.write(bytes)
      }, proxy.late)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const way = new URL(address)
  way.port = String((server.address() as AddressInfo).port)
  const proxy: PostgresProxy = {
    address: way.href,
    turns: 0,
    late,
    toServer: (sent) => sent,
    toClient: (answer) => answer,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
