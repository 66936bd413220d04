/** Reads a code as people type or paste it: full-width, with separators, or with text around it. */
export function readTypedCode(text: string): string {
  const plain = text.normalize('NFKC')
  // The mail contains one run of six digits: if it was pasted whole, that run is the code.
  const runs = plain.match(/\d+/g) ?? []
  const [code, ...others] = runs.filter((run) => run.length === 6)
  return code !== undefined && others.length === 0 ? code : runs.join('')
}
