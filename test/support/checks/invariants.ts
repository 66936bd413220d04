// What is true of the database in every state, whatever was sent: the rules that a query can check.
import { sql } from 'kysely'
import type { Database } from '../../../src/domain/tables/tables.ts'
import { codePurposes } from '../../../src/domain/vocabulary/purposes.ts'
import { unusedCodesWindow } from '../../../src/limits/codes.ts'
import { mailKept } from '../../../src/limits/mails.ts'

interface Invariant {
  readonly rule: string
  /** The rows that break it, as of a time. */
  readonly broken: string | ((now: number) => string)
}

const kept = `select account_id from passkeys where removed_at is null`
const live = `${kept} and suspended_at is null`
const events = (event: string) =>
  `(select count(*) from audit_events e where e.account_id = a.id and e.event = '${event}')`

const codeKinds = codePurposes.map((purpose) => `'${purpose}'`).join(', ')

const invariants: readonly Invariant[] = [
  {
    rule: '9: passkey is in force only where there is one',
    broken: `select id from accounts where second_factor = 'passkey' and id not in (${kept})`,
  },
  {
    rule: '40: where none is left that may be used, nobody signs in until two have decided',
    broken: `select id from accounts where second_factor = 'passkey' and locked_at is null
      and id not in (${live}) and id not in
        (select account_id from requests where account_id is not null and takes_effect_at is not null)`,
  },
  {
    rule: '40: a suspended passkey is used no more',
    broken: `select id from passkeys where last_used_at > suspended_at`,
  },
  {
    rule: '28, 40: each suspension stands on record, and each end of one',
    broken: `select id from accounts a where
      (select count(*) from passkeys p where p.account_id = a.id and p.suspended_at is not null)
      <> ${events('authn_passkey_suspended')} - ${events('authn_passkey_resumed')}`,
  },
  {
    rule: '10: once it is in force every session was proven with one',
    broken: `select s.id from sessions s join accounts a on a.id = s.account_id
      where a.second_factor = 'passkey' and s.acr <> 'phr'`,
  },
  {
    rule: '1: at most 20 live passkeys',
    broken: `select account_id from passkeys where removed_at is null
      group by account_id having count(*) > 20`,
  },
  {
    rule: '1: a name has 1 to 40 characters',
    broken: `select id from passkeys where length(name) not between 1 and 40 or name <> trim(name)`,
  },
  {
    rule: '11: a first passkey begins a hold',
    broken: `select id from accounts where hold_until is null and id in (${kept})`,
  },
  {
    rule: '14: five tries at most',
    broken: `select id from sign_ins where code_tries not between 0 and 5
      union select id from sessions where code_tries not between 0 and 5`,
  },
  {
    rule: '21: a sign-in lives 20 minutes and is no newer than its account',
    broken: `select s.id from sign_ins s join accounts a on a.id = s.account_id
      where s.expires_at > s.created_at + 1200000 or s.factors_version > a.factors_version`,
  },
  {
    rule: '24: a session is proven when it is signed in or later, in one of two ways',
    broken: `select id from sessions where proven_at < signed_in_at
      or acr not in ('phr', 'urn:sekisho:acr:email-code')
      or (proof_at is null) <> (proof_purpose is null)`,
  },
  {
    rule: '28: each passkey was registered and each removal made on record, and the reverse',
    broken: `select id from accounts a where
      (select count(*) from passkeys p where p.account_id = a.id) <> ${events('authn_passkey_registered')}
      or (select count(*) from passkeys p where p.account_id = a.id and p.removed_at is not null)
        <> ${events('authn_passkey_removed')}`,
  },
  {
    rule: '28: there is no session without a sign-in on record',
    broken: `select id from accounts a where
      (select count(*) from sessions s where s.account_id = a.id) > ${events('authn_login_success')}`,
  },
  {
    rule: '28: the factor is the one that was last put in force on record',
    broken: `select id from accounts a where
      (a.second_factor = 'passkey') <> ((${events('authn_factor_switched')}) % 2 = 1)`,
  },
  {
    rule: '26: each code has its mail',
    broken: `select id from email_codes c where not exists
      (select 1 from outbox m where m.id = c.id and m.kind = c.purpose)`,
  },
  {
    // Codes go with the sweep long before their mails.
    rule: '26: each mail with a code has its code',
    broken: (now) => `select id from outbox where kind in (${codeKinds})
      and created_at > ${now - unusedCodesWindow}
      and id not in (select id from email_codes)`,
  },
  {
    rule: '27: each passkey registered and each lock has its notice',
    broken: (now) => `select 'notices' as id where
      (select count(*) from audit_events
        where event = 'authn_passkey_registered' and at > ${now - mailKept})
      <> (select count(*) from outbox
        where kind = 'passkey_registered' and created_at > ${now - mailKept})`,
  },
  {
    rule: '33: what stands for a person at an application is of a session, or of one that has ended',
    broken: `select id_hash from oidc_records
      where kind in ('Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken')
      and (session_id is null or session_id not in
        (select id from sessions union select session_id from ended_sessions))`,
  },
  {
    rule: '13, 22: codes and tokens are kept as hashes alone',
    broken: `select id from sessions where length(token_hash) <> 43
      union select id from sign_ins where length(token_hash) <> 43
      union select id from email_codes where length(code_hash) <> 43`,
  },
]

/** The rules that do not hold, each with the first rows that break it, whatever was swept until now. */
export async function brokenInvariants({
  db,
  now,
}: {
  readonly db: Database
  readonly now: () => number
}): Promise<string[]> {
  const broken: string[] = []
  for (const { rule, broken: query } of invariants) {
    const asked = typeof query === 'string' ? query : query(now())
    const { rows } = await sql.raw<Record<string, unknown>>(asked).execute(db)
    if (rows.length > 0) broken.push(`rule ${rule}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
  return broken
}
