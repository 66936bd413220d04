// What docs/api.json promises of refusals, held against those that tests see, by whatever door they came.
import { getPath } from 'hono/utils/url'
import { actions } from '../../../src/surfaces/customer/app.ts'
import { commonRefusals, refusalsOf } from '../../../src/surfaces/frame/action.ts'

const calls = actions.map(([method, path, action]) => ({
  method,
  pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
  declared: [...refusalsOf(method, action)] as readonly string[],
}))

/** Where there is no call. */
const elsewhere: readonly string[] = [...commonRefusals, 'not_found', 'method_not_allowed']

/** The complaint about a refusal that the call at an address does not declare, or null. */
export function undeclared(method: string, path: string, code: string): string | null {
  // As the server resolves and decodes it: a bent path may lead to a call all the same.
  return undeclaredAt(method, getPath(new Request(new URL(path, 'http://localhost'))), code)
}

/** `pathname` is resolved and decoded: read as an address again, a NUL at its end would fall away. */
function undeclaredAt(method: string, pathname: string, code: string): string | null {
  // What nobody foresaw has no place in a description.
  if (!pathname.startsWith('/api/') || code === 'internal_error') return null
  const asked = method === 'HEAD' ? 'GET' : method
  const call = calls.find(({ method, pattern }) => method === asked && pattern.test(pathname))
  return (call?.declared ?? elsewhere).includes(code)
    ? null
    : `${method} ${pathname} does not declare ${code}`
}

/** The same for the log of a node, where requests by browsers and by bare sockets stand too. */
export function undeclaredInLog(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .filter(({ method, path, code }) => ![method, path, code].includes(undefined))
    .flatMap(
      ({ method, path, code }) => undeclaredAt(String(method), String(path), String(code)) ?? [],
    )
}
