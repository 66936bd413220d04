import { z } from 'zod'

/** A password as it is sent: as long as one may be, in any form that Unicode has for it. */
export const typedPassword = z.string().max(1024)
