/** The ID of the passkey that is selected in the form's list. */
export function chosenPasskey(form: HTMLFormElement): string {
  return String(new FormData(form).get('passkeyId') ?? '')
}
