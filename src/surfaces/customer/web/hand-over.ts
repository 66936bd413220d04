// Sends the one form of the page at once; its button does the same where no script runs.
document.forms[0]?.submit()
