// docs/logs.md: every log, and every line and event in it. An event without a row here is an error of types; a
// line of the log that has no words here, or words without a line, end `npm run docs` and fail its test.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditEvents } from '../src/domain/audit/events.ts'

/** What an event of the trail tells. */
const events: Readonly<Record<keyof typeof auditEvents, string>> = {
  authn_login_success: 'a sign-in was finished',
  authn_login_fail: 'a factor was refused at a sign-in, and why',
  authn_login_fail_max: 'a known browser has used up its tries',
  authn_login_unfinished: 'a sign-in ended before its second factor',
  authn_login_lock: 'an account was locked: by guessing, by support or by the stop of its holder',
  authn_login_unlock: 'support reopened an account',
  authn_password_success:
    'a password was right, which factor is next, and why no code could be sent for it',
  authn_password_change: 'a password was set: by whom stands in the event',
  authn_activation_issued: 'an activation code was made, with which a password can be set',
  authn_activation_given:
    'an activation code was handed out, to the export of letters or to who asked for it',
  authn_recovery_begun: 'somebody began to set a password without the one before it',
  authn_recovery_fail: 'a proof for setting a password was refused, and why',
  authn_recovery_proven: 'one proof for setting a password was right, and which',
  authn_login_id_sent: 'the login ID was mailed to the address of its account',
  authn_recovery_ended: 'an attempt to set a password came to its end without one, and why',
  authn_password_rehash: 'a password hash was renewed with the costs of today',
  authn_code_sent: 'a code was mailed',
  authn_mail_undelivered: 'a mail was given up, with the codes of the answer',
  authn_code_fail: 'a wrong code',
  authn_passkey_registered: 'a passkey was registered',
  authn_passkey_fail: 'the answer of a passkey was refused, and why',
  authn_passkey_removed: 'a passkey was removed',
  authn_passkey_suspended:
    'support suspended a passkey: it is good for nothing until two resume it',
  authn_passkey_resumed: 'support resumed a suspended passkey',
  authn_passkey_counter: 'a passkey’s counter went backwards: it may have been copied',
  authn_proof_success: 'a signed-in holder proved a passkey, or the mailbox, once more',
  authn_rehearsal_success: 'a signed-in holder tried a passkey out, which proves nothing',
  authn_browser_forgotten: 'a holder made the account forget a browser that it knew',
  authn_operator_login_success: 'an operator signed in at the console',
  authn_operator_login_fail: 'an answer of a passkey was refused at the console, and why',
  authn_operator_enrolled:
    'an operator registered a passkey with an enrolment code, and how many older ones that ended',
  authn_operator_enrolment_fail: 'a wrong enrolment code, and how many from there of late',
  authn_operator_passkey_added: 'an operator registered a further passkey',
  authn_operator_passkey_counter:
    'the counter of an operator’s passkey went backwards: it may have been copied',
  authn_operator_proof_success: 'a signed-in operator proved a passkey once more',
  authn_factor_switched: 'the second factor was switched',
  authn_token_created: 'an application got a code or a token',
  authn_token_reuse: 'a code or refresh token of an application came twice',
  authz_hold_ended: 'support ended a hold before its time',
  authz_stopped:
    'a holder stopped something, and from where: a session, a browser or the telephone; a restore stops it again',
  authz_stop_fail: 'the telephone computer asked to stop what nobody has, or sent a wrong key',
  authz_stop_lifted: 'a holder lifted a stop',
  authz_consent_given: 'a holder allowed a third party something',
  authz_consent_ended: 'a consent was taken back, or ended',
  authz_application_ended: 'a holder ended what one of the broker’s own applications had',
  authz_request_asked: 'an operator asked for acts that another approves',
  authz_request_approved: 'an operator approved what another had asked for',
  authz_request_done: 'the acts of a request were done: at its approval, or after the wait',
  authz_request_fail: 'an approval was refused, and why',
  authz_request_half_taken: 'who asked for a code of enrolment has seen one half of it',
  authz_request_closed:
    'a request came to its end without the acts: refused, withdrawn, cancelled or lapsed, and why',
  authz_operator_roles_changed: 'an operator got other roles',
  session_created: 'a session began',
  session_logout: 'its holder ended a session',
  session_ended: 'a session was ended by something else, such as support',
  excess_rate_limit_exceeded: 'a limit began to refuse',
  session_operator_logout: 'an operator signed out',
  user_created: 'an account was added',
  user_updated:
    'an account’s address was changed, its second address for notices, or what is told to its holder',
  user_archived: 'an account was closed',
  user_deleted: 'an account was erased',
  sensitive_search:
    'an operator searched: the keyed hash of what was typed, and whose lines were shown',
  sensitive_read: 'an operator asked for personal data; the reason and the ticket are in `looks`',
  sensitive_export: 'an operator exported a case, or what operators looked for and at',
  user_suspected: 'an operator opened a case: somebody may have taken the account over',
  user_suspicion_taken:
    'an approver investigates the case, which may have been another’s before (`over`)',
  user_suspicion_ended: 'the case was closed',
  authn_call_number: 'a page showed a number for a call to support',
  authn_identity_check_sent: 'support asked the page of a caller who calls, and for which act',
  authn_identity_check_success: 'the caller proved it there, for that act and operator alone',
  authn_identity_check_fail: 'wrong digits, or a caller who says that it is no call of theirs',
  user_call_opened: 'an operator looked up the number of a caller',
  user_call_begun: 'the portal shows that the broker is calling, and why',
  user_call_ended: 'it no longer does',
  sys_announcement_set: 'an announcement was set',
  sys_announcement_removed: 'an announcement was taken away',
  sys_client_added: 'an application was added',
  sys_client_changed: 'an application was changed',
  sys_client_removed: 'an application was removed',
  sys_keys_rotated: 'new signing keys were made',
  sys_key_revoked: 'a signing key was dropped at once',
  sys_secret_rotated: 'the first secret seals everything',
  sys_operator_added: 'an operator was added, at the console or by the command line',
  sys_operator_removed: 'an operator was closed, at the console or by the command line',
  sys_operator_code: 'an operator got a code to enrol anew',
  sys_restored: 'a backup was restored',
  sys_sessions_ended: 'everybody was signed out',
  sys_trail_trimmed: 'old events were deleted from the trail',
}

/** What a line of the log tells; those without words of their own stand under their file. */
const lines: Readonly<Record<string, string>> = {
  'src/surfaces/frame/gate.ts': 'one for each request, as above',
  'src/surfaces/frame/answer-problem.ts':
    'why a request was answered 500 or 503, or what else caused a refusal; `requestId` leads to it',
  'src/surfaces/cli/until-stopped.ts':
    'a setting that is none, or that keeps the node from starting',
  listening: 'the node takes requests',
  'the console is listening': 'the console takes requests',
  stopping: 'it was told to stop',
  'the node cannot start or stop': 'with its cause',
  'something begun has not ended, and is left':
    'ten seconds after it was told to stop, for example since the database is silent',
  'lines of the log had no room': 'how many, while nobody read the log or its disk was full',
  'trouble with the database': 'a connection ended, or something else between requests',
  'a closing is not kept outside the database':
    'a removal or lock that `restore` would not know of',
  'a request could not be read': 'what came was no HTTP, or too much or too slow',
  'X-Forwarded-For came, but SEKISHO_TRUSTED_PROXIES names no proxy': 'once after a start',
  'a trusted proxy wrote no address into X-Forwarded-For': 'with what it wrote, once a minute',
  'operators got no answer': 'a fault of the listener for operators',
  'the telephone computer was answered': 'with which status, and nothing of whom it was about',
  'the telephone computer got no answer': 'a fault of its listener, with its cause',
  'the sweep failed': 'what has run out stays, and what is due waits, until the next one',
  'what was approved could not be done':
    'which request, and its cause; the next sweep tries it again',
  'back-channel logouts were given up, and are told no more': 'how many',
  'a logout was not heard': 'by which application, and why',
  'the telling of logouts failed': 'with its cause; it is tried again',
  'an application was refused': 'endpoint, client, code and reason',
  'the OpenID provider failed': 'with its cause',
  'work of the OpenID provider failed': 'its records could not be tidied up',
  'a password hash was not renewed': 'the sign-in went on with the one of before',
  'the list of breached passwords cannot be read':
    'with its cause; sign-ins go on unchecked, and no password can be set',
  'a node died with mails in hand': 'how many, which are sent by another',
  'the outbox cannot be read': 'the database; it is tried again',
  'the outbox cannot be written': 'the database; it is tried again',
  'a mail was not sent': 'its kind, the account’s ID, the request that caused it, and why',
  'the support desk: a supervisor should see this':
    'an alert, by its kind, with the ids of account and operators; the console lists them',
  'the announcements could not be read': 'those that were known before stay in view',
  'the password process failed': 'with its cause',
  'the password process cannot be started': 'with its cause; requests are answered 503',
  'the password process ended; another one is started': 'how it ended',
}

interface LogLine {
  readonly level: string
  /** Its words, or the file that writes it. */
  readonly name: string
}

/** The lines that a source writes to the log. */
export function logLinesOf(path: string, source: string): LogLine[] {
  return [...source.matchAll(/\blog\.(info|warn|error|fatal)\(/g)].map(
    ({ 0: call, 1: level = '', index }) => {
      const given = argumentsAt(source, index + call.length)
      return { level, name: /(?:^|[\s,])(['"])((?:(?!\1).)+)\1,?\s*$/.exec(given)?.[2] ?? path }
    },
  )
}

/** What stands between a parenthesis that opens before `from` and the one that closes it. */
function argumentsAt(source: string, from: number): string {
  let depth = 1
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1
    if (source[at] === ')') depth -= 1
    if (depth === 0) return source.slice(from, at)
  }
  return ''
}

/** The lines of all sources of the project, each name once with all its levels. */
export function allLogLines(root: string): LogLine[] {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => `src/${path}`)
    .toSorted()
  const found = paths.flatMap((path) => logLinesOf(path, readFileSync(join(root, path), 'utf8')))
  const byName = Object.groupBy(found, ({ name }) => name)
  return Object.entries(byName).map(([name, same = []]) => {
    return { name, level: [...new Set(same.map(({ level }) => level))].join(', ') }
  })
}

/** Lines of the log without words here, and words here without a line. */
export function unaccountedLines(found: readonly LogLine[]): string[] {
  const names = found.map(({ name }) => name)
  return [
    ...names.filter((name) => !Object.hasOwn(lines, name)).map((name) => `${name}: has no words`),
    ...Object.keys(lines)
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: no line says so`),
  ]
}

const introduction = `
# What is logged

| Log | What is in it | Format | Where | Who reads it, and what for | How long |
| --- | --- | --- | --- | --- | --- |
| the trail | what happened to an account, an application or the installation, by whom and from where: [below](#the-trail) | a row each, its \`detail\` in JSON, times in milliseconds since 1970 | table \`audit_events\` | by SQL, who has a right to it: disputes, fraud, support. A holder sees her own at \`/portal\`. With [roles of their own](operate.md#rights-of-its-own-for-who-migrates) nodes and commands add to it and change nothing | [retention.md](retention.md) |
| the log of a node | every request, and what the node has to say: [below](#the-log-of-a-node) | a line of JSON each (\`time\` in milliseconds since 1970, \`level\` 30 to 60) | standard output (what Node says when it dies: standard error), from there wherever the supervisor keeps it: the journal under systemd | operators: faults, and by \`requestId\` what belongs to an event of the trail. Nobody else needs it | as the supervisor is told. Enquiries come late: we advise a year, and no longer, as it has addresses of callers |
| the output of commands | what a command found, or why it was refused | text, or JSON with \`--json\` | the terminal of whoever ran it | what it changed is in the trail | not at all |
| \`/metrics\` | [counts without persons](operate.md#metrics) | Prometheus | the listener for operators | whom the network lets there: alerts and boards | as Prometheus is told |
| closings | passkeys removed, accounts locked and what holders have stopped, by ids | a line of JSON each | a file beside a database of SQLite | \`restore\` | while the database is there |

What is around a node logs too, by its own rules, and you decide who reads it and how long it stays:

- **the proxy**: let it log no query, as that of \`/oauth2/authorize\` has what an application asked for, and nothing of a body;
- **PostgreSQL**: what it logs of statements may have their values, so names, addresses and hashes: leave \`log_statement\` at \`none\`, and set \`log_parameter_max_length = 0\` and \`log_parameter_max_length_on_error = 0\`;
- **the mail server**: it has every address, and when something was mailed to it;
- **the system**: who ran a command by \`sudo\`.

No log of Sekisho has a password, a code, a token or a cookie; of an unknown login ID the trail has a keyed hash, as people type passwords there.

## The log of a node

A line for each request has \`requestId\`, \`method\`, \`path\` without its query, \`status\`, \`milliseconds\`, \`address\`, and \`code\` when it was refused. The other lines:
`

/** The text of docs/logs.md, before Prettier has aligned its tables. */
export function describeLogs(root: string): string {
  const found = allLogLines(root)
  const wrong = unaccountedLines(found)
  if (wrong.length > 0) throw new Error(`scripts/describe-logs.ts:\n${wrong.join('\n')}`)
  const said = found.map(({ name, level }) => `| ${name} | ${level} | ${lines[name]} |`)
  const told = Object.entries(events).map(([name, tells]) => {
    const { detail, holder } = auditEvents[name as keyof typeof auditEvents]
    const members = Object.keys(detail).map((member) => `\`${member}\``)
    const seen = holder === false ? 'no' : holder === 'counted' ? 'as a count' : 'yes'
    return `| \`${name}\` | ${tells} | ${members.join(', ') || '—'} | ${seen} |`
  })
  return `${introduction}
| Line, or the file that writes it | Level | What it tells |
| --- | --- | --- |
${said.join('\n')}

## The trail

Every event has its time, its actor (\`holder\`, \`guest\`, who has proven a password at most, \`application\`, \`mail-server\`, \`system\` when a time runs out, or \`operator:\` and the system user, with the reason), the account, the address, the browser and the \`requestId\`, as far as there are such.

| Event | What it tells | Its \`detail\` | Does the holder see it? |
| --- | --- | --- | --- |
${told.join('\n')}

This page is written by \`npm run docs\` from \`scripts/describe-logs.ts\`: change it there.
`
}
