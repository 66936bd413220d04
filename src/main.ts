// The command line: `npm run sekisho -- COMMAND`.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { keepMemorySmall } from './node/memory.ts'

// What Node compiled at one start is there for the next. The folder is our own: whoever writes to it decides
// what Sekisho runs. Where it cannot be written, every start compiles.
enableCompileCache(join(import.meta.dirname, '..', 'dist', 'compiled'))
keepMemorySmall()
const { runCommand } = await import('./commands.ts')

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  // Opened by the commands that read it, and by no other.
  get input() {
    return process.stdin
  },
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
})
