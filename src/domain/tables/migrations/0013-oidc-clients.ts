import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The record's client as a column, so that a client's records are found without reading every payload. */
export const oidcClients: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('oidc_records').addColumn('client_id', 'text').execute()
    // The payloads are compared as text: they may hold \u0001 raw and \u0000 escaped, which the JSON
    // functions of PostgreSQL refuse. JSON escapes quotes, so no value can look like one of the names.
    await sql`update oidc_records set client_id = (select min(clients.id) from clients
      where replace(payload, '"clientId":"' || clients.id || '"', '') <> payload
        or replace(payload, '"client_id":"' || clients.id || '"', '') <> payload)`.execute(db)
    await db.schema
      .createIndex('oidc_records_client_id')
      .on('oidc_records')
      .columns(['client_id', 'kind', 'session_id'])
      .where(sql.ref('client_id'), 'is not', null)
      .execute()
  },
}
