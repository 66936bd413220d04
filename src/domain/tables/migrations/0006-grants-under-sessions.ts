import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from './dialect.ts'

const bearing = `('Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken')`

/** Rule 33: a client's grants, codes and tokens belong to a session. */
export function grantsUnderSessions(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql`delete from oidc_records where kind in ${sql.raw(bearing)} and (session_id is null
        or not exists (select 1 from sessions where sessions.id = oidc_records.session_id))`.execute(
        db,
      )
      // Older interactions name neither their browser nor the session that ended them.
      await sql`delete from oidc_records where kind = 'Interaction'`.execute(db)
      for (const statement of refusals[dialect]) await sql.raw(statement).execute(db)
    },
  }
}

const refusals: Readonly<Record<Dialect, readonly string[]>> = {
  sqlite: ['insert', 'update of session_id, kind'].map(
    (
      change,
      index,
    ) => `create trigger oidc_record_has_session_${index} before ${change} on oidc_records
     when new.kind in ${bearing} and not exists (select 1 from sessions where id = new.session_id)
     begin select raise(abort, 'a grant without a session'); end`,
  ),
  postgres: [
    `create function refuse_oidc_record() returns trigger language plpgsql as
     $$ begin
       if not exists (select 1 from sessions where id = new.session_id) then
         raise exception 'a grant without a session';
       end if;
       return new;
     end $$`,
    `create trigger oidc_record_has_session before insert or update of session_id, kind
     on oidc_records for each row when (new.kind in ${bearing})
     execute function refuse_oidc_record()`,
  ],
}
