/** The database that a statement is for, where the two differ. */
export type Dialect = 'sqlite' | 'postgres'
