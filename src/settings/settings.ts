// Every setting with its name, default and one sentence. docs/config.md is generated from this list.
import { days, hours, seconds } from '../kernel/clock.ts'
import {
  defaultEraseWait,
  defaultHold,
  longestEraseWait,
  longestHold,
  shortestTrail,
} from '../limits/accounts.ts'
import { shortestSecret } from '../limits/node.ts'
import { defaultLogoutWithin, longestLogoutWithin } from '../limits/openid.ts'
import { defaultRequestsADay, longestRecoveryWait } from '../limits/requests.ts'
import { defaultStopWait, longestStopWait, shortestTelephoneKey } from '../limits/stops.ts'

export interface Setting {
  readonly name: string
  /** Null when there is no default. */
  readonly default: string | null
  /** The value may also come from the file named by NAME_FILE. */
  readonly secret?: true
  /** The commands that do not start without this setting. */
  readonly neededBy?: 'every command' | 'serve'
  readonly says: string
}

export const settings = [
  {
    name: 'SEKISHO_ORIGIN',
    default: 'http://localhost:3000',
    says: 'The origin that customers see: scheme, host and port. Plain http only on a loopback host.',
  },
  {
    name: 'SEKISHO_RP_ID',
    default: null,
    says: 'The relying party ID of all passkeys: the host of the origin (the default) or a parent of it below a public suffix. Passkeys are lost when it changes.',
  },
  {
    name: 'SEKISHO_PORT',
    default: '3000',
    says: 'The port to listen on. May differ from that of the origin: several nodes share one origin.',
  },
  { name: 'SEKISHO_HOST', default: '127.0.0.1', says: 'The address to listen on.' },
  {
    name: 'SEKISHO_OPERATIONS_PORT',
    default: null,
    says: 'The port of a listener for operators alone: /livez, /readyz and /metrics. None by default.',
  },
  {
    name: 'SEKISHO_OPERATIONS_HOST',
    default: '127.0.0.1',
    says: 'The address of that listener. It asks nobody who they are: never one that customers reach.',
  },
  {
    name: 'SEKISHO_CONSOLE_ORIGIN',
    default: 'http://localhost:3100',
    says: "The origin of the support desk's console, which is a process of its own. Plain http only on a loopback host; off loopback its host must not be the customers' relying party.",
  },
  {
    name: 'SEKISHO_CONSOLE_RP_ID',
    default: null,
    says: "The relying party ID of the operators' passkeys: exactly the host of the console's origin, which is the default.",
  },
  {
    name: 'SEKISHO_CONSOLE_PORT',
    default: '3100',
    says: 'The port on which the console listens.',
  },
  {
    name: 'SEKISHO_CONSOLE_HOST',
    default: '127.0.0.1',
    says: 'The address on which the console listens.',
  },
  {
    name: 'SEKISHO_SUPPORT_CHECKS',
    default: 'name,birthday,call-back',
    says: 'The identity checks that a request of the support desk must have, each a word of small letters and dashes, separated by commas; page is the one that the customer does with a passkey on the page whose number was read out, and that nobody can tick.',
  },
  {
    name: 'SEKISHO_SUPPORT_REQUESTS',
    default: String(defaultRequestsADay),
    says: 'How many requests one operator may ask for in a day; more are refused, and an alert.',
  },
  {
    name: 'SEKISHO_RECOVERY_WAIT_HOURS',
    default: '0',
    says: `How long what opens an account waits after its approval, in which the holder may cancel it; up to ${longestRecoveryWait / hours}.`,
  },
  {
    name: 'SEKISHO_COMMANDS',
    default: 'all',
    says: 'restricted leaves only the commands that open nothing: what opens an account then needs two persons at the console (threats.md).',
  },
  {
    name: 'SEKISHO_DATABASE',
    default: 'data/sekisho.sqlite',
    secret: true,
    says: 'A file path for SQLite, or postgres://user:password@host/name, with several hosts separated by commas: the one that takes writes is used.',
  },
  {
    name: 'SEKISHO_CLOSINGS',
    default: null,
    says: 'Path of the file into which removed passkeys and locks are written, so that a restore closes them again. With SQLite the default lies beside the database; with PostgreSQL there is none.',
  },
  {
    name: 'SEKISHO_POSTGRES_PREPARED',
    default: 'on',
    says: 'off where a pooler that does not keep prepared statements stands before PostgreSQL: see operate.md.',
  },
  {
    name: 'SEKISHO_MIGRATE',
    default: 'auto',
    says: 'never: nodes and commands refuse a database with an older schema, which the command migrate alone then brings up to date: see operate.md.',
  },
  {
    name: 'SEKISHO_SMTP_URL',
    default: null,
    secret: true,
    neededBy: 'serve',
    says: 'The mail server: smtp:// or smtps://, with user and password where it wants them.',
  },
  {
    name: 'SEKISHO_MAIL_FROM',
    default: null,
    neededBy: 'serve',
    says: 'The sender of all mails: address, or Name <address>.',
  },
  {
    name: 'SEKISHO_UNENCRYPTED',
    default: null,
    says: 'What may go without verified TLS to a host that is not loopback: database, mail, or both with a comma. None by default: such a start is refused.',
  },
  {
    name: 'SEKISHO_SECRET',
    default: null,
    secret: true,
    neededBy: 'every command',
    says: `Any text of ${shortestSecret} characters or more. Codes and mails in the database are keyed with it; a database works only with the secret that it was made with. Several, one in each line, while one replaces another (operate.md): the first makes, all open.`,
  },
  {
    name: 'SEKISHO_TRUSTED_PROXIES',
    default: '',
    says: 'CIDRs of the proxies whose X-Forwarded-For counts, separated by commas. None by default.',
  },
  { name: 'SEKISHO_BRAND', default: 'Sekisho', says: 'The name on top of every page and mail.' },
  {
    name: 'SEKISHO_BRAND_EN',
    default: null,
    says: 'The same name for English pages, where it differs.',
  },
  {
    name: 'SEKISHO_BRAND_COLOR',
    default: '#14477a',
    says: 'The colour of buttons and marks, as #rrggbb.',
  },
  {
    name: 'SEKISHO_BRAND_LOGO',
    default: null,
    says: 'Path of a logo (svg, png or webp) shown beside the name.',
  },
  {
    name: 'SEKISHO_SUPPORT_PHONE',
    default: null,
    says: 'The telephone number of customer support, as pages and mails show it.',
  },
  {
    name: 'SEKISHO_SUPPORT_PHONE_ABROAD',
    default: null,
    says: 'The number that is reached from abroad, such as +81 3 0000 0000, for the pages.',
  },
  {
    name: 'SEKISHO_SUPPORT_HOURS',
    default: null,
    says: 'When customer support answers, and in which languages, in Japanese: 平日 8:00〜17:00（日本語・英語）.',
  },
  {
    name: 'SEKISHO_SUPPORT_HOURS_EN',
    default: null,
    says: 'The same in English: Weekdays 8:00 to 17:00 JST, in Japanese and English.',
  },
  {
    name: 'SEKISHO_TIME_ZONE',
    default: 'Asia/Tokyo',
    says: 'The zone in which pages and mails show times.',
  },
  {
    name: 'SEKISHO_HOLD_HOURS',
    default: String(defaultHold / hours),
    says: `How long withdrawals are to be held after a change that a thief would make first, up to ${longestHold / hours}.`,
  },
  {
    name: 'SEKISHO_HOLD_SCOPE',
    default: 'withdrawal',
    says: 'What a hold covers, as applications read it: withdrawal, or all for trades too.',
  },
  {
    name: 'SEKISHO_STOP_WAIT_HOURS',
    default: String(defaultStopWait / hours),
    says: `How long a stop of withdrawals or trades stands before its holder can lift it with a code by e-mail, up to ${longestStopWait / hours}; a passkey that is older than the stop lifts it at once.`,
  },
  {
    name: 'SEKISHO_BREACHED_PASSWORDS',
    default: null,
    says: 'Path of a file of SHA-1 hashes of breached passwords, sorted, one in each line with a count behind it, as they are published (operate.md). None by default.',
  },
  {
    name: 'SEKISHO_TELEPHONE_PORT',
    default: null,
    says: "The port of a listener for the broker's telephone computer alone: POST /telephone/stop. None by default.",
  },
  {
    name: 'SEKISHO_TELEPHONE_HOST',
    default: '127.0.0.1',
    says: 'The address of that listener: never one that customers reach.',
  },
  {
    name: 'SEKISHO_TELEPHONE_KEY',
    default: null,
    secret: true,
    says: `What the telephone computer sends as its bearer token: any text, best of ${shortestTelephoneKey} characters or more. Needed with the port.`,
  },
  {
    name: 'SEKISHO_LOGOUT_SECONDS',
    default: String(defaultLogoutWithin / seconds),
    says: `How long an application may take to answer that a session has ended, in whole seconds up to ${longestLogoutWithin / seconds}.`,
  },
  {
    name: 'SEKISHO_ERASE_DAYS',
    default: String(defaultEraseWait / days),
    says: `For how many days after accounts close an account can be opened again, and not be erased yet; 0 to ${longestEraseWait / days}.`,
  },
  {
    name: 'SEKISHO_TRAIL_DAYS',
    default: null,
    says: `How many days of the audit trail trail trim leaves, ${shortestTrail / days} or more. None by default: the trail is kept for ever.`,
  },
  { name: 'SEKISHO_LINK_TERMS', default: null, says: 'Link 「利用規約」 of the sign-in page.' },
  { name: 'SEKISHO_LINK_FAQ', default: '/help', says: 'Link 「よくある質問」.' },
  { name: 'SEKISHO_LINK_PRECAUTIONS', default: null, says: 'Link 「お取引の際の注意事項」.' },
  {
    name: 'SEKISHO_LINK_MANUAL',
    default: '/manual',
    says: 'Link 「マニュアル」. The default is the manual that Sekisho has itself.',
  },
  { name: 'SEKISHO_LINK_MAINTENANCE', default: null, says: 'Link 「メンテナンス情報」.' },
  {
    name: 'SEKISHO_LINK_HOME',
    default: null,
    says: 'Link 「ホームページ」, and where 「閉じる」 leads.',
  },
  {
    name: 'SEKISHO_LINK_FORGOTTEN',
    default: '/forgotten',
    says: 'Link 「こちら」 for people who do not know their login ID or password. The default is the page that Sekisho has itself.',
  },
  {
    name: 'SEKISHO_LINK_REMOVAL',
    default: '/help/lost',
    says: 'How to have a lost passkey removed, and whom to ask.',
  },
  {
    name: 'SEKISHO_LINK_PASSKEY_FAQ',
    default: '/help',
    says: 'Other questions about passkeys.',
  },
  {
    name: 'SEKISHO_LINK_PASSWORD',
    default: '/portal/password',
    says: 'Where people change their password, for /.well-known/change-password, which password managers open.',
  },
  {
    name: 'SEKISHO_LINK_SECURITY',
    default: null,
    says: 'Where people report a weakness (https: or mailto:), for /.well-known/security.txt. Without it there is none.',
  },
  {
    name: 'SEKISHO_HELP_TEXTS',
    default: null,
    says: "Path of a JSON file with texts and makers' links that take the place of those in the help: see operate.md.",
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof settings)[number]['name']
