// The manual as it is served, printed to a PDF and kept as a page that needs no server.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../src/kernel/http/language.ts'
import type { Environment } from '../../src/settings/environment.ts'
import { newPage, type Page } from '../support/browser/browser.ts'
import { placesInPdf } from './pdf.ts'
import { startManualWorld } from './walk.ts'

/** Writes ja.pdf, ja.html and the like beside the pictures in this folder. */
export async function printManual(
  folder: string,
  languages: readonly Language[],
  env: Environment,
): Promise<void> {
  const { browser, world } = await startManualWorld({ env, manualFolder: folder })
  try {
    const { page } = await newPage(browser)
    for (const language of languages) {
      await page.goto(`${world.origin}/manual?lang=${language}`)
      await page.evaluate(loadPictures)
      writeFileSync(join(folder, `${language}.html`), await page.evaluate(standAlone))
      await page.reload()
      await page.evaluate(loadPictures)
      writeFileSync(join(folder, `${language}.pdf`), await printWithPages(page))
    }
  } finally {
    await browser.close()
    await world.stop()
  }
}

/** Prints twice: the table of contents gets its page numbers from the first print. */
async function printWithPages(page: Page): Promise<Buffer> {
  const print = () =>
    page.pdf({ preferCSSPageSize: true, printBackground: true, outline: true, tagged: true })
  const places = placesInPdf(await print())
  await page.evaluate(
    (entries) => {
      for (const [id, number] of entries) {
        const link = document.querySelector(`.contents a[href="#${id}"]`)
        link?.setAttribute('data-page', String(number))
      }
    },
    [...places],
  )
  return print()
}

/** Runs in the page: what waits until it is scrolled to would be missing on paper. */
async function loadPictures(): Promise<void> {
  for (const picture of document.images) picture.loading = 'eager'
  await Promise.all([...document.images].map((picture) => picture.decode()))
}

/** Runs in the page: the document with its styles in it, and without what only a server can answer. */
async function standAlone(): Promise<string> {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const style = document.createElement('style')
    style.textContent = await (await fetch(link.href)).text()
    link.replaceWith(style)
  }
  for (const picture of document.images) {
    picture.setAttribute('src', picture.getAttribute('src')?.replace('/manual/', '') ?? '')
  }
  const other = document.documentElement.lang === 'ja' ? 'en' : 'ja'
  document.querySelector('.language')?.setAttribute('href', `${other}.html`)
  document.querySelector('link[rel=icon]')?.remove()
  document.querySelector('.footer')?.remove()
  for (const link of document.querySelectorAll('a[href^="/"]')) link.replaceWith(...link.childNodes)
  return `<!doctype html>\n${document.documentElement.outerHTML}\n`
}
