// The lists of an account's page.
import { html } from 'hono/html'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { shownTime } from '../frame/parts.ts'
import { wordOfMail } from './mail-kinds.ts'
import type { AccountView, PasskeyAtDesk } from './page-routes.ts'

const stateClasses = { live: 'ok', suspended: 'bad', removed: '' } as const

export function passkeysCard(context: DeskContext, { passkeys }: AccountView): Html {
  const words = context.texts.account
  const kept = passkeys.filter(({ state }) => state !== 'removed')
  const removed = passkeys.filter(({ state }) => state === 'removed')
  return html`<section class="card" aria-labelledby="passkeys-title">
    <h2 id="passkeys-title">${words.passkeys}</h2>
    ${kept.length === 0 ? html`<p class="muted">${words.noPasskeys}</p>` : passkeyTable(context, kept)}
    ${
      removed.length > 0 &&
      html`<details>
        <summary>${words.removedOnes(removed.length)}</summary>
        ${passkeyTable(context, removed)}
      </details>`
    }
  </section>`
}

function passkeyTable(context: DeskContext, passkeys: readonly PasskeyAtDesk[]): Html {
  const words = context.texts.account
  return html`<table class="table">
    <thead>
      <tr>
        <th scope="col">${words.passkeyName}</th>
        <th scope="col">${words.place}</th>
        <th scope="col">${words.registered}</th>
        <th scope="col">${words.lastUsed}</th>
        <th scope="col">${context.texts.accounts.state}</th>
      </tr>
    </thead>
    <tbody>
      ${passkeys.map(
        (one) =>
          html`<tr>
            <th scope="row">${one.name}</th>
            <td data-label="${words.place}">
              ${one.place} ${one.synced && html`<span class="muted small">${words.synced}</span>`}
            </td>
            <td data-label="${words.registered}">
              ${shownTime(context, one.createdAt)}
              <span class="muted small">${words.boundBy[one.boundBy]}</span>
            </td>
            <td data-label="${words.lastUsed}">
              ${one.lastUsedAt === null ? words.never : shownTime(context, one.lastUsedAt)}
            </td>
            <td data-label="${context.texts.accounts.state}">${passkeyState(context, one)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function passkeyState(context: DeskContext, { state, suspendedAt, removed }: PasskeyAtDesk): Html {
  const words = context.texts.account
  const since = removed?.at ?? suspendedAt
  return html`<span class="badge ${stateClasses[state]}">${words.passkeyStates[state]}</span>
    ${since && html`<p class="small muted">${shownTime(context, since)}</p>`}
    ${removed && html`<p class="small muted">${removed.reason}</p>`}`
}

export function sessionsCard(context: DeskContext, { sessions }: AccountView): Html {
  const words = context.texts.account
  return list(words.sessions, words.noSessions, 'sessions', sessions, (one) => [
    deviceOf(context, one),
    html`${words.since} ${shownTime(context, one.signedInAt)}　${words.seen}
    ${shownTime(context, one.lastSeenAt)} ${one.applicationsOnly && words.applicationsOnly}`,
  ])
}

export function signInsCard(context: DeskContext, { signIns }: AccountView): Html {
  const words = context.texts.account
  return list(words.signIns, words.noSignIns, 'sign-ins', signIns, (one) => [
    html`<strong>${words.waitsFor[one.waitsFor]}</strong> ${deviceOf(context, one)} ${one.address}`,
    html`${words.since} ${shownTime(context, one.startedAt)}
    ${one.codeTries > 0 && words.codeTries(one.codeTries)}`,
  ])
}

export function mailsCard(context: DeskContext, { mails }: AccountView): Html {
  const words = context.texts.account
  return list(words.mails, words.noMails, 'mails', mails, (one) => [
    html`<span
        class="badge ${one.state === 'sent' ? 'ok' : one.state === 'waiting' ? 'wait' : 'bad'}"
        >${words.mailStates[one.state]}</span
      >
      ${wordOfMail(context.texts.account.mailKinds, one.kind)}`,
    html`${shownTime(context, one.writtenAt)} ${one.refused && words.mailRefused} ${one.reason}`,
  ])
}

function deviceOf(
  { texts }: DeskContext,
  { browser, system }: { readonly browser: string | null; readonly system: string | null },
): string {
  return [browser, system].filter((one) => one !== null).join(' / ') || texts.frame.unknown
}

function list<T>(
  title: string,
  none: string,
  id: string,
  rows: readonly T[],
  draw: (row: T) => readonly [Html | string, Html],
): Html {
  return html`<section class="card" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${
      rows.length === 0
        ? html`<p class="muted">${none}</p>`
        : html`<ul class="rows">
            ${rows.map((row) => {
              const [first, second] = draw(row)
              return html`<li>
                <p>${first}</p>
                <p class="small muted">${second}</p>
              </li>`
            })}
          </ul>`
    }
  </section>`
}
