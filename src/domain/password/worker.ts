// The child process that hashes passwords, apart from the server so that a flood slows nothing else.
import { hash, verify } from '@node-rs/argon2'
import { argon2id } from './check.ts'

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

// The server has ended.
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole process group; the server ends this child when it has finished.
process.on('SIGINT', () => {})

function work(task: HashTask): Promise<string | boolean> {
  return 'hash' in task ? hash(task.hash, argon2id) : verify(task.phc, task.verify)
}

/** Ignores errors: if the server has ended, `disconnect` ends this process. */
function send(result: HashResult): void {
  process.send?.(result, () => {})
}
