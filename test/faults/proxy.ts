// nginx, HAProxy and Caddy as examples/operations has them, but for the ports and without TLS.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../support/world/processes.ts'

const examples = new URL('../../examples/operations/', import.meta.url)
// Where systems keep programs that are not for everybody.
const path = `${process.env['PATH']}:/usr/local/sbin:/usr/sbin:/sbin`

export interface Ports {
  /** Where the proxy listens. */
  readonly proxy: number
  /** The ports of the nodes, each on its own of `hosts`. */
  readonly nodes: readonly [number, number]
  /** Where both are asked how they are. */
  readonly operations: number
}

/** Two addresses of this machine, as of two machines. */
export const hosts = ['127.0.0.1', '127.0.0.2'] as const

interface Kind {
  readonly file: string
  /** How it says its version. */
  readonly says: string
  /** From the example's own words to those of the test; each has to stand in it. */
  readonly changes: (ports: Ports, other: number) => readonly (readonly [RegExp, string])[]
  /** The whole file around the example, and how the program is started with it. */
  readonly around: (example: string, folder: string) => string
  readonly words: (file: string) => readonly string[]
}

const kinds = {
  nginx: {
    file: 'nginx.conf',
    says: '-v',
    changes: ({ proxy }, other) => [
      [/listen 443 ssl;/, `listen 127.0.0.1:${proxy};`],
      [/listen 80;/, `listen 127.0.0.1:${other};`],
      [/^ +ssl_certificate.*\n +ssl_certificate_key.*\n/m, ''],
    ],
    around: (example, folder) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((one) => `${one}_temp_path ${folder}/${one};`)
        .join(' ')
      const user = userInfo().uid === 0 ? 'user root;' : ''
      // Debian's own nginx.conf has gzip on.
      return `${user} daemon off; pid ${folder}/pid; error_log ${folder}/errors;
        events {} http { gzip on; access_log off; ${temporary}\n${example}}`
    },
    words: (file) => ['-e', 'stderr', '-c', file],
  },
  haproxy: {
    file: 'haproxy.cfg',
    says: '-v',
    changes: ({ proxy, operations }) => [
      [/bind :443 ssl crt \S+/, `bind 127.0.0.1:${proxy}`],
      [/port 900[12]/g, `port ${operations}`],
    ],
    around: (example) => example,
    words: (file) => ['-db', '-f', file],
  },
  caddy: {
    file: 'Caddyfile',
    says: 'version',
    changes: ({ proxy, operations }) => [
      [/^login\.example\.jp \{/m, `http://:${proxy} {`],
      [/health_port 9001/, `health_port ${operations}`],
    ],
    around: (example) => `{\n admin off\n auto_https off\n}\n${example}`,
    words: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
} satisfies Readonly<Record<string, Kind>>

export type ProxyName = keyof typeof kinds

export const proxyNames = Object.keys(kinds) as ProxyName[]

export function isInstalled(name: ProxyName): boolean {
  const { says } = kinds[name]
  return spawnSync(name, [says], { env: { PATH: path } }).status === 0
}

/** Starts it with its example and waits until it listens; throws with its words when it does not. */
export async function startProxy(
  name: ProxyName,
  ports: Ports,
): Promise<{ stop(): Promise<void> }> {
  const kind: Kind = kinds[name]
  const folder = await mkdtemp(join(tmpdir(), `sekisho-${name}-`))
  const example = await readFile(new URL(kind.file, examples), 'utf8')
  const nodes = [
    [/127\.0\.0\.1:3001\b|192\.0\.2\.11:3000\b/g, `${hosts[0]}:${ports.nodes[0]}`],
    [/127\.0\.0\.1:3002\b|192\.0\.2\.12:3000\b/g, `${hosts[1]}:${ports.nodes[1]}`],
  ] as const
  const changed = [...nodes, ...kind.changes(ports, await freePort())].reduce(
    (text, [from, to]) => {
      if (text.search(from) < 0) throw new Error(`${kind.file} has nothing like ${from}`)
      return text.replace(from, to)
    },
    example,
  )
  const file = join(folder, kind.file)
  await writeFile(file, kind.around(changed, folder))
  const env = { PATH: path, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(name, kind.words(file), { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-10_000)))
  }
  const ended = once(child, 'close')
  for (let look = 0; !(await listens(ports.proxy)); look += 1) {
    if (look > 100 || child.exitCode !== null) throw new Error(`${name} does not listen: ${said}`)
    await wait(100)
  }
  return {
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
