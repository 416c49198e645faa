// Where the reader is, kept over a reload and over another choice of reader, size or clinic.

export function keep(side, place) {
  sessionStorage.setItem(side, JSON.stringify({ ...place, element: undefined }));
}

export function kept(side) {
  return JSON.parse(sessionStorage.getItem(side));
}

/** Things with names of their own: their words, counted where the same words come again. */
export function named(things, wordsOf) {
  const counts = new Map();
  return things.map((thing) => {
    const words = wordsOf(thing).replace(/\s+/g, " ").trim();
    counts.set(words, (counts.get(words) ?? 0) + 1);
    return [`${words} ${counts.get(words)}`, thing];
  });
}

/** The value that stands opposite `at`, by two lists of stops that belong together. */
export function opposite(at, here, there) {
  let number = here.findLastIndex((stop) => stop <= at);
  number = Math.max(0, Math.min(number, here.length - 2));
  const length = here[number + 1] - here[number];
  const part = length > 0 ? (at - here[number]) / length : 0;
  return there[number] + part * (there[number + 1] - there[number]);
}
