/** This page with the query that leads on from it. */
export const here = location.pathname + location.search

/** The sign-in that leads back here. */
export const signInToHere = `/sign-in?continueTo=${encodeURIComponent(here)}`
