// The customers' manual as a page, with the pictures where they have been built.
import { html } from 'hono/html'
import { manualTexts } from '../../../text/manual/manual-texts.ts'
import { drawing, type DrawingName } from '../../frame/drawings.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import { supportContact } from '../../frame/support-contact.ts'
import type { BuiltManual } from './built.ts'
import { markedPicture } from './picture.ts'
import { chapters, type Mark, type Step } from './steps.ts'

interface StepWords {
  readonly title: string
  readonly text?: readonly string[]
  readonly marks?: Readonly<Record<string, string>>
  readonly captions?: readonly string[]
  readonly notes?: readonly string[]
}

interface ChapterWords {
  readonly title: string
  readonly steps: Readonly<Record<string, StepWords>>
}

interface Chapter extends ChapterWords {
  readonly id: string
  /** 「3」; the first chapter has none. */
  readonly number: number
}

/** The whole manual on one page (docs/screens.md, M1 to M8). */
export function manualPage(context: PageContext, built: BuiltManual): Html {
  const { language } = context
  const { brand } = context.site
  const contact = supportContact(context)
  const words = manualTexts[language]
  const written: Readonly<Record<string, ChapterWords>> = words.chapters
  const shown = Object.keys(chapters).flatMap((id, number): Chapter[] => {
    const chapter = written[id]
    return chapter ? [{ ...chapter, id, number }] : []
  })
  const main = html`<article class="manual">
    <header class="manual-head">
      <h1>${words.title}</h1>
      <p>${words.lead(brand.name)}</p>
      ${
        built.pdf &&
        html`<p class="no-print">
          <a class="button" href="${built.pdf[language]}" download>${words.pdf}</a>
        </p>`
      }
    </header>
    ${contents(words.contents, shown)}
    <div class="chapters">
      ${shown.map((chapter) => chapterSection(context, built, chapter))}
      ${
        contact &&
        html`<section class="card contact">
          <h2>${words.contact}</h2>
          ${contact}
        </section>`
      }
    </div>
  </article>`
  return page(context, { title: words.title, sheet: 'manual.css', main, wide: true })
}

function contents(title: string, shown: readonly Chapter[]): Html {
  return html`<nav class="contents" aria-labelledby="contents-title">
    <h2 id="contents-title">${title}</h2>
    <ol>
      ${shown.map(
        ({ id, number, title }) =>
          html`<li>
            <a href="#${id}"><span>${number > 0 && `${number}. `}${title}</span></a>
          </li>`,
      )}
    </ol>
  </nav>`
}

function chapterSection(context: PageContext, built: BuiltManual, chapter: Chapter): Html {
  const { id, number, title, steps } = chapter
  const shown: Readonly<Record<string, Step>> = chapters[id as keyof typeof chapters]
  return html`<section class="card chapter" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${number > 0 && `${number}. `}${title}</h2>
    ${Object.entries(shown).map(([step, content], index) => {
      const words = steps[step]
      const place = number > 0 ? `${number}-${index + 1} ` : ''
      return words && stepSection(context, built, { id: step, content, words, place })
    })}
  </section>`
}

interface ShownStep {
  readonly id: string
  readonly content: Step
  readonly words: StepWords
  readonly place: string
}

function stepSection(
  context: PageContext,
  built: BuiltManual,
  { id, content, words, place }: ShownStep,
): Html {
  const { marks, drawings } = content
  return html`<section class="step" id="step-${id}">
    <h3>${place}${words.title}</h3>
    ${words.text?.map((sentence) => html`<p>${sentence}</p>`)}
    ${marks && screen(context, built, id, words, marks)}
    ${drawings && dialogs(context, { ...content, drawings }, words.captions ?? [])}
    ${
      words.notes &&
      html`<ul class="bullets small">
        ${words.notes.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`
    }
  </section>`
}

function screen(
  { language, texts }: PageContext,
  built: BuiltManual,
  id: string,
  { title, marks: sentences = {} }: StepWords,
  marks: Readonly<Record<string, Mark>>,
): Html {
  const words = manualTexts[language]
  const picture = built.pictures[language][id]
  // Pictures of another version may have other marks: better none than wrong numbers.
  const fits = picture?.marks.length === Object.keys(marks).length
  const atEnd = Object.values(marks).map(({ role }) => role === 'link')
  const alternative = words.picture(title)
  return html`${picture && fits && markedPicture(picture, { alternative, atEnd })}
    <ol class="marks">
      ${Object.entries(marks).map(
        ([name, mark]) =>
          html`<li>
            <p><strong>${words.label(mark.name(texts))}</strong> ${sentences[name]}</p>
          </li>`,
      )}
    </ol>`
}

function dialogs(
  context: PageContext,
  { drawings, areAlternatives }: Step & { readonly drawings: readonly DrawingName[] },
  captions: readonly string[],
): Html {
  const items = drawings.map(
    (name, index) =>
      html`<li>
        ${drawing(context, name)}
        <p>${captions[index]}</p>
      </li>`,
  )
  const isOrdered = drawings.length > 1 && !areAlternatives
  return isOrdered
    ? html`<ol class="story">
        ${items}
      </ol>`
    : html`<ul class="story">
        ${items}
      </ul>`
}
