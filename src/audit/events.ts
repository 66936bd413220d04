// The names of audit events: OWASP's logging vocabulary, and its style where it has no word for passkeys.

/** Those marked `holder` are shown to the holder of the account. */
export const auditEvents = {
  authn_login_success: { holder: true },
  authn_login_fail: { holder: true },
  authn_login_fail_max: { holder: true },
  authn_login_lock: { holder: true },
  authn_login_unlock: { holder: true },
  authn_password_change: { holder: true },
  authn_password_rehash: { holder: false },
  authn_code_sent: { holder: false },
  authn_code_fail: { holder: true },
  authn_passkey_registered: { holder: true },
  authn_passkey_fail: { holder: true },
  authn_passkey_removed: { holder: true },
  authn_passkey_counter: { holder: true },
  authn_proof_success: { holder: true },
  authn_factor_switched: { holder: true },
  authz_consent_given: { holder: true },
  authz_consent_ended: { holder: true },
  session_created: { holder: false },
  session_logout: { holder: true },
  session_ended: { holder: true },
  excess_rate_limit_exceeded: { holder: false },
  user_created: { holder: false },
  user_updated: { holder: true },
  sys_announcement_set: { holder: false },
  sys_announcement_removed: { holder: false },
  sys_client_added: { holder: false },
  sys_client_changed: { holder: false },
  sys_client_removed: { holder: false },
  sys_keys_rotated: { holder: false },
} as const satisfies Record<string, { holder: boolean }>

export type AuditEventName = keyof typeof auditEvents
