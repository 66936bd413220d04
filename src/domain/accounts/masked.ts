// Personal data as the desk sees them before it has asked (rule 41).

/** The family name and no more: 「田中 ●●」; of a name in one word the first character. */
export function maskName(name: string): string {
  const [first = '', ...rest] = name.split(/\s+/u)
  const shown = rest.length > 0 ? first : ([...first][0] ?? '')
  return name === '' ? '' : `${shown} ●●`
}
