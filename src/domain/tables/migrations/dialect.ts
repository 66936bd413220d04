/** Which of the two databases statements are for, where they differ. */
export type Dialect = 'sqlite' | 'postgres'
