// The machine under the figures: which core does what, what a process has used, and the unit.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Servers and databases run on the first of these cores, the load generator on the second. */
const cores = { server: 0, generator: 1 } as const

let isApart = false

/**
 * From now on servers and databases have a core of their own, and this process another: on Linux with
 * `taskset`, on two cores or more. Returns whether it is so.
 */
export function keepApart(): boolean {
  isApart = process.platform === 'linux' && availableParallelism() > 1 && hasTaskset()
  pin([process.pid], 'generator')
  return isApart
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Keeps processes with all their threads on their core; the children that they start stay there too. */
export function pin(pids: readonly number[], role: keyof typeof cores): void {
  if (!isApart) return
  for (const pid of pids) {
    execFileSync('taskset', ['-acp', String(cores[role]), String(pid)], { stdio: 'ignore' })
  }
}

/** The words before a command that start it on the server's core. */
export function onServerCore(): readonly string[] {
  return isApart ? ['taskset', '-c', String(cores.server)] : []
}

const ticksPerSecond = 100

/** The CPU time that these processes have used so far, their ended children included, in microseconds. */
export function cpuOf(pids: readonly number[], { children = false } = {}): number {
  return pids.reduce((sum, pid) => sum + cpuOfOne(pid, children), 0)
}

function cpuOfOne(pid: number, children: boolean): number {
  if (process.platform !== 'linux') return cpuByPs(pid)
  const stat = readOf(pid, 'stat')
  if (stat === '') return 0
  // The second field, a name in brackets, may hold spaces: utime is the twelfth field behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const used = fields.slice(11, children ? 15 : 13).map(Number)
  return (used.reduce((sum, ticks) => sum + ticks, 0) / ticksPerSecond) * 1e6
}

function cpuByPs(pid: number): number {
  const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' })
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1e6
}

/** The bytes that a process has written to disks so far, its log included; 0 where the system does not tell. */
export function writtenBy(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readOf(pid, 'io'))?.[1] ?? 0)
}

/** A file about a process; empty when it has ended, or belongs to somebody else. */
function readOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

/** Resident memory in megabytes. */
export function memoryOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signed = randomBytes(69)
const signature = sign('sha256', signed, privateKey)

/** The unit: CPU time of one P-256 verification by node:crypto with its key at hand, in microseconds. */
export function measureUnit(times: number): number {
  const before = process.cpuUsage()
  for (let time = 0; time < times; time += 1) {
    if (!verify('sha256', signed, publicKey, signature)) throw new Error('a signature is wrong')
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}
