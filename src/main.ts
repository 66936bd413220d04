// The command line: `npm run sekisho -- COMMAND`.
import { runCommand } from './commands.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  // Opened by the commands that read it, and by no other.
  get input() {
    return process.stdin
  },
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
})
