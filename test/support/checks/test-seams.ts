// What src/ exports for tests alone: each is part of its file, which tests can look at in no other way.
export const testSeams: ReadonlySet<string> = new Set([
  // How a statement is planned by the database is asked of the statement itself.
  'src/domain/outbox/store.ts dueMailsQuery',
  'src/kernel/db/statement.ts compileStatement',
  // One turn of what a node does each minute, at the clock of the test.
  'src/operations/upkeep/sweep.ts sweep',
  // Every address of the console is asked, and what oidc-provider is bent by is looked at against its package.
  'src/surfaces/console/app.ts consoleActions',
  'src/surfaces/oidc/seams/list.ts seams',
  'src/surfaces/oidc/seams/seam.ts writtenFor',
  // The pictures of the manual are taken by a test.
  'src/surfaces/customer/manual/steps.ts picturedSteps',
])
