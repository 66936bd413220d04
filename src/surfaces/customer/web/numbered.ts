/** The name itself, or with the first number that makes it differ from the taken names, compared as the server does. */
export function numbered(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map(comparable))
  let candidate = name
  for (let number = 2; known.has(comparable(candidate)); number += 1) {
    candidate = `${name} ${number}`
  }
  return candidate
}

function comparable(name: string): string {
  return name.normalize('NFKC').trim()
}
