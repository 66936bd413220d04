import type { After } from '../../../domain/requests/store.ts'
import { isId } from '../../../kernel/secrets.ts'

/** Where the next page of a list begins, as a text for an address. */
export function writeCursor({ askedAt, id }: After): string {
  return `${askedAt}.${id}`
}

/** Null for a text that `writeCursor` did not make. */
export function readCursor(text: string): After | null {
  const [, time = '', id = ''] = /^(\d{1,15})\.(.*)$/.exec(text) ?? []
  return isId(id) ? { askedAt: Number(time), id } : null
}
