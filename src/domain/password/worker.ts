// The child process that hashes passwords: on its own, so that a storm of them slows nothing else.
import { hash, verify } from '@node-rs/argon2'
import { argon2id } from './parameters.ts'

export type HashTask =
  | { readonly id: number; readonly hash: string }
  | { readonly id: number; readonly verify: string; readonly phc: string }

export type HashResult =
  | { readonly id: number; readonly result: string | boolean }
  | { readonly id: number; readonly failure: string }

process.on('message', (task: HashTask) => {
  work(task).then(
    (result) => send({ id: task.id, result }),
    (error: unknown) => send({ id: task.id, failure: String(error) }),
  )
})

// The server is gone: there is nobody to work for.
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole group; the server ends its child when its own work is done.
process.on('SIGINT', () => {})

function work(task: HashTask): Promise<string | boolean> {
  return 'hash' in task ? hash(task.hash, argon2id) : verify(task.phc, task.verify)
}

/** A server that is gone is told nothing; `disconnect` ends us. */
function send(result: HashResult): void {
  process.send?.(result, () => {})
}
