/** Ids are opaque, but sort as they were written: a shorter one is older, then by their characters. */

/** @param {string} one @param {string} other */
export const later = (one, other) => one.length > other.length || (one.length === other.length && one > other);
