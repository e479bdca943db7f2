/** Thrown to roll back: something has changed since it was judged, or not every claim found its place. */
export class NotPlaced extends Error {}
