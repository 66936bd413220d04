// Methods of others, listened to while a test runs.
import { DefaultQueryExecutor } from 'kysely'

type Method = (this: unknown, ...given: readonly never[]) => unknown

/** What Kysely's executors have in common. */
export function executors(): object {
  return Object.getPrototypeOf(DefaultQueryExecutor.prototype) as object
}

/** Replaces a method by another that is made of it; returns how to put it back. */
export function replace(
  prototype: object,
  name: string,
  make: (original: Method) => (self: unknown, given: readonly unknown[]) => unknown,
): () => void {
  const original = Reflect.get(prototype, name) as Method
  const replaced = make(original)
  Reflect.set(prototype, name, function (this: unknown, ...given: readonly unknown[]) {
    return replaced(this, given)
  })
  return () => Reflect.set(prototype, name, original)
}
