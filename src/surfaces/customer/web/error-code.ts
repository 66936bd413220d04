import { word } from './words.ts'

/** The line after a failure that names its cause, and leads to the help on it (src/text/error-codes.ts). */
export function errorCodeLine(name: string): HTMLElement {
  const code = name.replace(/[A-Z]/g, '-$&').replaceAll('_', '-').toUpperCase()
  const link = document.createElement('a')
  link.href = `/help#error-${code.toLowerCase()}`
  // What was typed here stays.
  link.target = '_blank'
  link.textContent = word('errorCode', { code })
  const line = document.createElement('p')
  line.className = 'small'
  line.append(link)
  return line
}
