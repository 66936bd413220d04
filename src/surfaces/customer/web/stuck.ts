// A page from which nothing leads on here: only support can be told of it.
import { startCallNumber } from './call-number.ts'

startCallNumber()
