import { Refusal } from './command.ts'

/** Says in one line why a file cannot be read or written. */
export async function onFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new Refusal('file_refused', error.message, error)
  }
}
