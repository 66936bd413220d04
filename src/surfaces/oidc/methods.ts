/** The provider's own addresses; those of an interaction are ours. */
export const oidcPaths = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/oauth2/*',
] as const

/** How each of the provider's addresses is called; GET stands for HEAD too. */
export const oidcMethods: Readonly<Record<string, readonly string[]>> = {
  '/.well-known/openid-configuration': ['GET', 'OPTIONS'],
  '/.well-known/oauth-authorization-server': ['GET', 'OPTIONS'],
  '/oauth2/jwks': ['GET', 'OPTIONS'],
  '/oauth2/authorize': ['GET', 'POST'],
  '/oauth2/authorize/:uid': ['GET'],
  '/oauth2/interaction/:uid': ['GET', 'POST'],
  '/oauth2/interaction/:uid/leave': ['GET'],
  '/oauth2/par': ['POST', 'OPTIONS'],
  '/oauth2/token': ['POST', 'OPTIONS'],
  '/oauth2/userinfo': ['GET', 'POST', 'OPTIONS'],
  '/oauth2/introspect': ['POST', 'OPTIONS'],
  '/oauth2/revoke': ['POST', 'OPTIONS'],
  '/oauth2/logout': ['GET', 'POST'],
  '/oauth2/logout/confirm': ['POST'],
  '/oauth2/logout/success': ['GET'],
}
