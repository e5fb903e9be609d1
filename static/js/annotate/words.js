// Finds word boundaries: with the browser's own segmenter; otherwise between letters, and in scripts
// without spaces anywhere.

const AROUND = 300; // UTF-16 units examined on each side
const WORDS = /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}])+(?:['’](?=\p{L})[\p{L}\p{M}\p{N}]+)*|[\p{L}\p{M}\p{N}]/gu;
const segmenters = new Map();

function segmenter(language) {
  if (!globalThis.Intl?.Segmenter) return null;
  if (!segmenters.has(language)) {
    let made;
    try {
      made = new Intl.Segmenter(language || undefined, { granularity: "word" });
    } catch {
      made = new Intl.Segmenter(undefined, { granularity: "word" }); // the article's language is not a valid code
    }
    segmenters.set(language, made);
  }
  return segmenters.get(language);
}

/** The words around a position, as [begin, end] in UTF-16 units. */
export function wordsAround(text, at, language = "") {
  const from = whole(text, Math.max(at - AROUND, 0));
  const part = text.slice(from, whole(text, Math.min(text.length, at + AROUND)));
  const known = segmenter(language);
  const found = known
    ? [...known.segment(part)].filter((each) => each.isWordLike).map((each) => [each.index, each.index + each.segment.length])
    : [...part.matchAll(WORDS)].map((each) => [each.index, each.index + each[0].length]);
  return found.map(([begin, end]) => [from + begin, from + end]);
}

/** Never between the halves of a surrogate pair. */
function whole(text, at) {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at - 1 : at;
}

/** The range [from, to] extended to word boundaries; unchanged if it does not cut a word. */
export function wholeWords(text, from, to, language) {
  const parted = (at) => wordsAround(text, at, language).find(([begin, end]) => begin < at && at < end);
  return [parted(from)?.[0] ?? from, parted(to)?.[1] ?? to];
}

/** The next position after (or before) `at` where a word begins (side 0) or ends (side 1); `at` if there is none. */
export function nextEdge(text, at, step, side, language) {
  const edges = wordsAround(text, at, language).map((word) => word[side]);
  return (step > 0 ? edges.find((edge) => edge > at) : edges.findLast((edge) => edge < at)) ?? at;
}

/** The position of the next letter, as a reader perceives letters. */
export function nextLetter(text, at, step) {
  if (step < 0) return Math.max(0, whole(text, at - 1));
  return Math.min(text.length, at + (text.codePointAt(at) > 0xffff ? 2 : 1));
}
