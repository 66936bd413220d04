// What every page has for who is signed in.
import './dialogs.ts'
import './session-watch.ts'
import './shortcuts.ts'
