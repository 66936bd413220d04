/** Whether this browser says that the device itself can keep a passkey, and verify its person. */
export async function canHoldPasskeys(): Promise<boolean> {
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
  } catch {
    return false
  }
}
