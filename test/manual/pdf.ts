/**
 * On which page of a PDF each of its named places is, from 1. Chromium writes its objects in the order
 * of the pages and unpacked; it cannot yet write the number of a page into its own table of contents.
 */
export function placesInPdf(pdf: Buffer): ReadonlyMap<string, number> {
  const text = pdf.toString('latin1')
  const pages = [...text.matchAll(/(\d+) 0 obj\s*<<\s*\/Type \/Page\b(?!s)/g)].map(([, id]) => id)
  const places = text.matchAll(/\/([\w-]+) \[(\d+) 0 R \/XYZ/g)
  return new Map([...places].map(([, name = '', page]) => [name, pages.indexOf(page) + 1]))
}
