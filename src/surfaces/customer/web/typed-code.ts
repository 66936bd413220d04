/** The server finds the code in the input; input that cannot hold one costs no try. */
export function holdsCode(typed: string): boolean {
  const runs = typed.normalize('NFKC').match(/\d+/g) ?? []
  return runs.join('').length === 6 || runs.filter((run) => run.length === 6).length === 1
}
