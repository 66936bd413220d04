/** The digits of a code as people type or paste it: in any width, with signs within, with words around it. */
export function readTypedCode(text: string): string {
  const plain = text.normalize('NFKC')
  // A code's mail holds one run of six digits: pasted whole, that run is the code.
  const runs = plain.match(/\d+/g) ?? []
  const [code, ...others] = runs.filter((run) => run.length === 6)
  return code !== undefined && others.length === 0 ? code : runs.join('')
}
