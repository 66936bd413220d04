import { html } from 'hono/html'
import { formatTime, type ShownZone } from '../../kernel/time.ts'
import { pageContext } from '../frame/page-context.ts'
import { page, type Html } from '../frame/page.ts'
import type { Visit } from '../frame/visit.ts'
import type { Mailbox, ReceivedMail } from './mailbox.ts'

const words = {
  ja: {
    title: 'デモのメールボックス',
    none: 'メールはまだありません。ログインすると、認証コードのメールがここに届きます。',
    lead: 'デモで送られたメールを、新しい順に表示しています。',
    again: '新しいメールを確かめる',
  },
  en: {
    title: 'Demo mailbox',
    none: 'No mail yet. Sign in, and the mail with the code arrives here.',
    lead: 'Mails sent by the demo, the latest first.',
    again: 'Look for new mail',
  },
} as const

/** `/demo/mailbox`: the mails of all demo accounts. */
export function showMailbox({ mails }: Mailbox): (visit: Visit) => Response | Promise<Response> {
  return (visit) => {
    const context = pageContext(visit.get('deps'), visit)
    const { title, none, lead, again } = words[context.language]
    const main = html`<h1>${title}</h1>
      <p>${mails.length === 0 ? none : lead}</p>
      <p><a class="button" href="/demo/mailbox">${again}</a></p>
      ${mails.map((mail) => oneMail(mail, context.timeZone))}`
    return visit.html(page(context, { title, main }))
  }
}

function oneMail({ subject, to, text, receivedAt }: ReceivedMail, zone: ShownZone): Html {
  return html`<article class="card mail">
    <h2>${subject}</h2>
    <p class="muted small"><span>${to}</span> <span>${formatTime(receivedAt, zone)}</span></p>
    <pre>${text}</pre>
  </article>`
}
