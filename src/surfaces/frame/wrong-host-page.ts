// The page for another host than ours: a browser gets nothing else from there, so all that it needs is in it.
import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { errorCode } from '../../text/error-codes.ts'
import { brandStyles } from './brand.ts'
import type { ErrorParts, Html, PageContext } from './page.ts'
import type { Site } from './site.ts'

const layout = `body{margin:0;padding:24px 16px;font-family:system-ui,sans-serif;line-height:1.7;background:#f4f6f8;color:#1b2733}
main{max-width:34rem;margin:0 auto;padding:24px;border-radius:12px;background:#fff}
h1{font-size:1.35rem;line-height:1.4;margin:0 0 .5rem}.brand{font-weight:700;margin:0 0 1rem}
a{color:var(--brand-text);font-weight:700;overflow-wrap:anywhere}.small{font-size:.875rem}
@media (prefers-color-scheme:dark){body{background:#10161d;color:#e6edf3}main{background:#18212b}}`

/** Shows the one right address. Its style stands in the page, under a policy that allows this text alone. */
export function wrongHostPage(context: PageContext, problem: ErrorParts): Html {
  const { texts, language, site } = context
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${texts.page.title(problem.title, site.brand.name)}</title>
        ${raw(`<style>${styleOf(site)}</style>`)}
      </head>
      <body>
        <main>
          <p class="brand">${site.brand.name}</p>
          <h1>${problem.title}</h1>
          <p>${problem.detail}</p>
          <p>${texts.page.rightAddress} <a href="${site.origin}/">${site.origin}</a></p>
          <p class="small">
            ${texts.page.errorCode(errorCode(problem.code))}<br />
            ${texts.page.requestId(problem.requestId)}
          </p>
        </main>
      </body>
    </html>`
}

/** The policy of every page, with the one style of this page in place of files. */
export function wrongHostPolicy(site: Pick<Site, 'brand' | 'headers'>): string {
  const hash = createHash('sha256').update(styleOf(site)).digest('base64')
  const usual = site.headers['Content-Security-Policy'] ?? ''
  return usual.replace("style-src 'self'", `style-src 'sha256-${hash}'`)
}

function styleOf({ brand }: Pick<Site, 'brand'>): string {
  return brandStyles(brand.color) + layout
}
