import { html } from 'hono/html'
import type { Language } from '../../../kernel/http/language.ts'
import { facts, type Fact } from '../../../text/environments.ts'
import { listErrors } from '../../../text/error-codes.ts'
import {
  deviceParts,
  lostParts,
  questionGroups,
  type DeviceName,
  type HelpLink,
  type HelpTexts,
  type QuestionGroup,
  type QuestionName,
} from '../../../text/help/help-texts.ts'
import type { Texts } from '../../../text/texts.ts'
import { drawing, type DrawingName } from '../../frame/drawings.ts'
import { icon, type IconName } from '../../frame/icons.ts'
import type { Html } from '../../frame/page.ts'
import type { Site } from '../../frame/site.ts'
import { supportContact } from '../../frame/support-contact.ts'
import { links, makersLinks, passage } from './parts.ts'

/** The content of the help, the same for every reader. */
export interface HelpContent {
  readonly help: HelpTexts
  readonly texts: Texts
  readonly site: Pick<Site, 'links' | 'origin' | 'support'>
  readonly language: Language
}

const deviceNames = Object.keys(deviceParts) as DeviceName[]

interface Section {
  readonly id: string
  readonly title: string
  readonly content: Html
}

/** `/help`: links to the other pages, and the questions that customers ask. */
export function helpContent(content: HelpContent): Html {
  const { help, texts, site } = content
  const groups = Object.keys(questionGroups) as QuestionGroup[]
  const doors = [
    door('alert', '/help/lost', help.lost.title),
    door('computer', '/help/devices', help.devices.title),
    door('phone', '/help/card', help.card.title),
    door('book', site.links.manual, texts.signIn.links.manual),
  ]
  return html`<p class="back"><a href="/">${texts.page.toStart}</a></p>
    <div class="help">
      ${head(
        help.title,
        help.lead,
        html`<ul class="doors">
          ${doors}
        </ul>`,
      )}
      <nav class="help-contents" id="contents" aria-labelledby="contents-title">
        <h2 id="contents-title">${help.questionsTitle}</h2>
        ${groups.map(
          (group) =>
            html`<p>${help.groups[group]}</p>
              <ul>
                ${questionGroups[group].map((name) => entry(idOf(name), help.questions[name].title))}
              </ul>`,
        )}
        <p>${help.errors.title}</p>
        <ul>
          ${entry('error-codes', help.errors.title)}
        </ul>
      </nav>
      <div class="help-text">
        ${groups.map(
          (group) =>
            html`<section class="card" aria-labelledby="${idOf(group)}">
              <h2 id="${idOf(group)}">${help.groups[group]}</h2>
              ${questionGroups[group].map((name) => question(content, name))}
            </section>`,
        )}
        ${errors(content)}
      </div>
    </div>`
}

/** What the pages mean by the code that they show with a failure. */
function errors({ help, texts }: HelpContent): Html {
  return html`<section class="card" aria-labelledby="error-codes">
    <h2 id="error-codes">${help.errors.title}</h2>
    <p>${help.errors.lead}</p>
    <dl class="errors">
      ${listErrors(texts).map(
        ({ code, anchor, sentences }) =>
          html`<div id="${anchor}">
            <dt translate="no">${code}</dt>
            ${sentences.map((sentence) => html`<dd>${sentence}</dd>`)}
          </div>`,
      )}
    </dl>
    ${toContents(help)}
  </section>`
}

/** `/help/devices`: the settings that a device needs before a passkey is registered. */
export function devicesContent(content: HelpContent): Html {
  const { title, lead, linksTitle, browsers, ...devices } = content.help.devices
  const sections = deviceNames.map((name): Section => {
    const { title, needs, parts, links: makersOwn } = devices[name]
    const body = html`<p>${needs}</p>
      ${Object.values(parts).map(
        (part) =>
          html`<h3>${part.title}</h3>
            ${passage(part)}`,
      )}
      ${makersLinks(linksTitle, makersOwn)}`
    return { id: name, title, content: body }
  })
  const notIn = { id: 'browsers', title: browsers.title, content: limits(content) }
  return article(content, title, lead, null, [...sections, notIn])
}

/** Browsers and apps in which a passkey may not work, in the words of the pages. */
function limits({ help: { devices }, language }: HelpContent): Html {
  const { own, phone, app } = facts
  const shown: readonly Fact[] = [own.linux, ...Object.values(phone), ...Object.values(app)]
  const looked = shown.map((fact) => fact.looked).sort()
  return html`<p>${devices.browsers.lead}</p>
    <ul class="bullets">
      ${shown.map(({ says }) => html`<li>${says[language]}</li>`)}
    </ul>
    <p class="muted small">${devices.browsers.looked} ${looked.at(0)?.replaceAll('-', '/')}</p>`
}

/** `/help/lost`: the steps when a device is gone, and how support removes its passkey. */
export function lostContent(content: HelpContent): Html {
  const { title, lead, telephone, parts, ...makersOwn } = content.help.lost
  const sections = lostParts.map((name): Section => {
    const part = parts[name]
    const makers = name === 'first' && makersLinks(makersOwn.linksTitle, makersOwn.links)
    const next = nextAfter(content, name)
    return { id: name, title: part.title, content: html`${passage(part)} ${makers} ${next}` }
  })
  const contact = supportContact(content, telephone)
  const call = contact && html`<div class="notice info help-call">${icon('phone')} ${contact}</div>`
  return article(content, title, lead, call, sections)
}

function nextAfter(content: HelpContent, name: (typeof lostParts)[number]): Html | null {
  if (name === 'call') return links([{ name: content.help.card.title, address: '/help/card' }])
  if (name !== 'again') return null
  return links(deviceNames.map((device) => linkTo(content, device)))
}

function article(
  { help }: HelpContent,
  title: string,
  lead: string,
  top: Html | null,
  sections: readonly Section[],
): Html {
  return html`<p class="back"><a href="/help">${help.title}</a></p>
    <div class="help">
      ${head(title, lead, top)}
      <nav class="help-contents" id="contents" aria-labelledby="contents-title">
        <h2 id="contents-title">${help.contents}</h2>
        <ul>
          ${sections.map(({ id, title }) => entry(id, title))}
        </ul>
      </nav>
      <div class="help-text">
        ${sections.map(
          ({ id, title, content }) =>
            html`<section class="card" id="${id}" aria-labelledby="${id}-title">
              <h2 id="${id}-title">${title}</h2>
              ${content} ${toContents(help)}
            </section>`,
        )}
      </div>
    </div>`
}

function head(title: string, lead: string, below: Html | null): Html {
  return html`<div class="help-head">
    <h1>${title}</h1>
    <p>${lead}</p>
    ${below}
  </div>`
}

function door(name: IconName, address: string, title: string): Html {
  return html`<li>
    <a href="${address}">${icon(name)} <span>${title}</span></a>
  </li>`
}

function entry(id: string, title: string): Html {
  return html`<li><a href="#${id}">${title}</a></li>`
}

function toContents({ toContents }: HelpTexts): Html {
  return html`<p class="to-contents"><a href="#contents">${toContents}</a></p>`
}

type NextPage = 'lost' | DeviceName

/** The pictures beside an answer, and the pages that it links to. */
const beside: Readonly<
  Partial<Record<QuestionName, { drawings?: readonly DrawingName[]; next?: readonly NextPage[] }>>
> = {
  lost: { next: ['lost'] },
  newDevice: { next: ['android', 'iphone', 'windows'] },
  removal: { next: ['lost'] },
  computerOnly: { drawings: ['save', 'hello'], next: ['windows', 'mac'] },
  passwordManager: { drawings: ['manager', 'managerList', 'save'], next: ['windows'] },
  usbKey: { drawings: ['phoneList'], next: ['windows'] },
  qrCode: { drawings: ['qr'], next: ['android', 'iphone'] },
}

function question(content: HelpContent, name: QuestionName): Html {
  const { help, texts } = content
  const { drawings = [], next = [] } = beside[name] ?? {}
  const { title, ...answer } = help.questions[name]
  return html`<section id="${idOf(name)}" aria-labelledby="${idOf(name)}-title">
    <h3 id="${idOf(name)}-title">${title}</h3>
    ${passage(answer)}
    ${
      drawings.length > 0 &&
      html`<div class="help-drawings">${drawings.map((one) => drawing({ texts }, one))}</div>`
    }
    ${next.length > 0 && links(next.map((page) => linkTo(content, page)))} ${toContents(help)}
  </section>`
}

function linkTo({ help: { lost, devices }, texts }: HelpContent, page: NextPage): HelpLink {
  if (page === 'lost') return { name: lost.title, address: '/help/lost' }
  const name = texts.page.partOf(devices.title, devices[page].title)
  return { name, address: `/help/devices#${page}` }
}

function idOf(name: QuestionName | QuestionGroup): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
