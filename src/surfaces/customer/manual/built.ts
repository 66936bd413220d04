// The output of `npm run manual`, read once at start and served from memory: pictures with the places
// of their marks, and a PDF per language. Without that output the manual lacks both.
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Language } from '../../../kernel/http/language.ts'

/** A part of a picture, in its own pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Picture {
  /** The name of its file while it is built, its address when it is served. */
  readonly file: string
  readonly width: number
  readonly height: number
  /** In the order of the step's marks. */
  readonly marks: readonly Box[]
}

/** The content of index.json: the steps' pictures, and the names of the PDFs. */
export interface ManualIndex {
  readonly pictures: Readonly<Record<Language, Readonly<Record<string, Picture>>>>
  readonly pdf: Readonly<Record<Language, string>> | null
}

export interface BuiltManual extends ManualIndex {
  /** Every file by its address. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly body: Buffer<ArrayBuffer> }>
}

const types: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.webp': 'image/webp',
}

/** Reads the index in this folder and the files that it names; nothing where there is no index. */
export function loadManual(folder: string): BuiltManual {
  const index = join(folder, 'index.json')
  if (!existsSync(index)) return { pictures: { ja: {}, en: {} }, pdf: null, files: new Map() }
  const { pictures, pdf } = JSON.parse(readFileSync(index, 'utf8')) as ManualIndex
  const files = new Map<string, { type: string; body: Buffer<ArrayBuffer> }>()
  const serve = (file: string): string => {
    const address = `/manual/${file}`
    const type = types[extname(file)] ?? 'application/octet-stream'
    files.set(address, { type, body: readFileSync(join(folder, file)) })
    return address
  }
  const served = (of: Readonly<Record<string, Picture>>) =>
    Object.fromEntries(
      Object.entries(of).map(([id, picture]) => [id, { ...picture, file: serve(picture.file) }]),
    )
  return {
    pictures: { ja: served(pictures.ja), en: served(pictures.en) },
    pdf: pdf && { ja: serve(pdf.ja), en: serve(pdf.en) },
    files,
  }
}
