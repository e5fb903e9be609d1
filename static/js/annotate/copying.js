// Copies the quote with its citation, or a link that opens the source at the passage.

const LONGEST_WHOLE = 120; // UTF-16 units; for longer passages the link contains the first and last words
const WORDS = 5;

/** The address with a text fragment (https://wicg.github.io/scroll-to-text-fragment/). */
function fragmentLink(address, exact) {
  const page = address.split("#")[0];
  if (!exact) return page;
  const encoded = (text) => encodeURIComponent(text).replaceAll("-", "%2D");
  const words = exact.trim().split(/\s+/);
  const isWhole = exact.length <= LONGEST_WHOLE && !exact.includes("\n");
  const parts = isWhole || words.length <= 2 * WORDS
    ? [words.join(" ")]
    : [words.slice(0, WORDS).join(" "), words.slice(-WORDS).join(" ")];
  return `${page}#:~:text=${parts.map(encoded).join(",")}`;
}

/** Copy what a button of the bar names, for a passage; returns the message to announce. Undefined for other buttons. */
export async function copyWords(what, words, { citation, source }) {
  const [text, said] = {
    copy: [words ? `“${words}” — ${citation}` : citation, "Copied with citation."],
    "link-here": [fragmentLink(location.href, words), "Link to this passage copied."],
    "link-original": [fragmentLink(source, words), "Link to the original page copied."],
  }[what] ?? [];
  if (text) await copy(text);
  return said;
}

/** Copy text to the clipboard, even if the page was loaded over plain HTTP. */
export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
