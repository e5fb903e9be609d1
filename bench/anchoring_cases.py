"""Seeded edits of seeded texts, with the place where a passage then is, or that it is gone.

The texts are of the unkind sort: few words, much used; sentences that come back with a word or two changed; boilerplate
that comes back as it is. A text is edited in three parts (before the passage, the passage, behind it), so the truth is
the length of the parts. Where the passage was taken out, any place found for it is wrong.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

WORDS = {
    "English": (
        "the the the of of and and a a to to in in is was that for on with by as at from it its he she they his her "
        "had has have been not but or which who would could after before over under between while when where "
        "report minister council harbour bridge river market price budget election winter summer letter printer "
        "archive reader margin notebook page library city village railway engine captain doctor teacher student "
        "Robin Linus Marta Ahmed Olena Tomas Berlin Lisbon Nairobi Monday Tuesday Thursday March October 2019 2024 "
        "12 40 3.5 said told wrote asked found lost kept sold bought opened closed began ended grew fell rose "
        "quickly slowly never always often perhaps together alone again today yesterday tomorrow small large old "
        "new long short bright dark quiet loud early late don't it's well-known so-called agreement statement "
        "government development developers frontend information university international responsibility"
    ),
    "German": (
        "der der die die das und und in im zu mit auf für von ist war nicht ein eine sich auch als nach über vor "
        "Straße Häuser Brücke Fluss Märkte Preis Wahl Winter Brief Bücher Leserin Zeitung Stadt Dörfer Eisenbahn "
        "sagte schrieb fragte fand verlor behielt öffnete schloss schnell langsam niemals immer vielleicht größer "
        "Übereinkunft Verantwortung Universität Entwicklung Regierung Montag Dienstag März 2019 Robin Käthe Jürgen"
    ),
    "Vietnamese": (
        "của và là có được trong cho không một những người này với các khi đã từ đến cũng như thì về nhà trường "
        "thành phố sông cầu chợ giá bầu cử mùa đông thư sách đọc giả làng đường sắt bác sĩ học sinh nói viết hỏi"
    ),
    "Russian": (
        "и и в в не на он она что с как по это но из у за то же был была так вот бы мне для о до город река мост "
        "рынок цена выборы зима письмо книга читатель деревня дорога врач учитель сказал написал спросил нашёл"
    ),
    "Arabic": (
        "في في من من على إلى أن كان هذا هذه التي الذي مع عن بعد قبل بين لم قد كل المدينة النهر الجسر السوق السعر "
        "الانتخابات الشتاء الرسالة الكتاب القارئ القرية الطريق الطبيب المعلم قال كتب سأل وجد فقد أغلق بدأ انتهى"
    ),
    "Hindi": (
        "के का की में है और से को यह वह पर ने कि एक नहीं था हो भी कर तो शहर नदी पुल बाज़ार कीमत चुनाव सर्दी पत्र "
        "किताब पाठक गाँव सड़क डॉक्टर शिक्षक कहा लिखा पूछा मिला खोया बंद शुरू"
    ),
    "Korean": (
        "그리고 그는 그녀는 것이 있다 없다 했다 하는 위해 대한 도시는 강을 다리가 시장에서 가격이 선거를 겨울에 편지를 "
        "책을 독자가 마을로 철도는 의사가 학생은 말했다 썼다 물었다 찾았다 잃었다 천천히 항상 어제 오늘"
    ),
    "Chinese": "的 的 的 了 是 在 不 和 有 我们 他 她 这 那 城市 河流 桥梁 市场 价格 选举 冬天 信件 书 读者 村庄 铁路 医生 老师 说 写 问 找到 失去 保存 打开 关闭 开始 结束 昨天 今天 政府 发展 大学 责任 很 快 慢 总是 也许",
    "Japanese": "は を に が の の で と も から まで 都市 川 橋 市場 価格 選挙 冬 手紙 本 読者 村 鉄道 医者 先生 言った 書いた 尋ねた 見つけた 失った 開けた 閉めた 昨日 今日 政府 大学 ゆっくり いつも たぶん コード ページ",
    "Thai": "ที่ และ ใน ของ เป็น มี ไม่ ได้ ว่า ให้ เมือง แม่น้ำ สะพาน ตลาด ราคา เลือกตั้ง ฤดูหนาว จดหมาย หนังสือ ผู้อ่าน หมู่บ้าน หมอ ครู พูด เขียน ถาม พบ หาย เมื่อวาน วันนี้",
    "emoji": "we they the a to go see love 😀 🎉 👩‍👩‍👧 🇩🇪 👍🏽 ❤️ rain sun home train book today never again 🚂 soon with",
}
UNSPACED = {"Chinese", "Japanese", "Thai"}
PIECE = re.compile(
    r"\s+|[\u0e00-\u0e7f]{1,6}|[\u3040-\u30ff\u4e00-\u9fff]|[^\s\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]+"
)
AGAIN, ALIKE = 0.01, 0.04  # sentences that are one of those before, or one of them with a word or two replaced


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of `old`, and where it is in `new`; `truth` is None where it was taken out. Code points."""

    kind: str
    language: str
    old: str
    start: int
    end: int
    new: str
    truth: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A text around a passage."""

    before: str
    quote: str
    behind: str


class Writer:
    """Writes and edits text in one language."""

    def __init__(self, rng: random.Random, language: str) -> None:
        self.rng, self.language = rng, language
        self.vocabulary = WORDS[language].split()
        self.space = "" if language in UNSPACED else " "
        self.stop = "。" if language in {"Chinese", "Japanese"} else ("" if language == "Thai" else ".")
        self.sentences: list[str] = []
        self.repeats = True  # whether a sentence may be one of those before, or nearly so

    def words(self, count: int) -> str:
        return self.space.join(self.rng.choices(self.vocabulary, k=count))

    def sentence(self) -> str:
        dice = self.rng.random()
        repeats = self.repeats and self.sentences
        if repeats and dice < AGAIN:
            return self.rng.choice(self.sentences)
        if repeats and dice < AGAIN + ALIKE:
            return self.varied(self.rng.choice(self.sentences))
        words = self.rng.choices(self.vocabulary, k=self.rng.randint(4, 22))
        if self.rng.random() < 0.15:
            words[0], words[-1] = f'"{words[0]}', f'{words[-1]}"'
        if self.rng.random() < 0.1:
            words.insert(len(words) // 2, "-" if self.space else "…")
        sentence = self.space.join(words)
        sentence = sentence[:1].upper() + sentence[1:] + self.stop
        self.sentences.append(sentence)
        return sentence

    def varied(self, sentence: str) -> str:
        """The sentence with one word, or two, replaced."""
        for _ in range(self.rng.randint(1, 2)):
            sentence = self.replace_word(sentence)
        return sentence

    def paragraph(self) -> str:
        gap = " " if self.space or self.language == "Thai" else ""
        return gap.join(self.sentence() for _ in range(self.rng.randint(1, 6)))

    def text(self) -> list[str]:
        return [self.paragraph() for _ in range(self.rng.randint(3, 30))]

    # -- edits of a string --

    def pieces(self, text: str) -> tuple[list[str], list[int]]:
        pieces = PIECE.findall(text)
        return pieces, [index for index, piece in enumerate(pieces) if not piece.isspace()]

    def replace_word(self, text: str) -> str:
        pieces, words = self.pieces(text)
        if words:
            pieces[self.rng.choice(words)] = self.rng.choice(self.vocabulary)
        return "".join(pieces)

    def insert_word(self, text: str) -> str:
        pieces, words = self.pieces(text)
        if words:
            pieces.insert(self.rng.choice(words), self.rng.choice(self.vocabulary) + self.space)
        return "".join(pieces)

    def delete_word(self, text: str) -> str:
        pieces, words = self.pieces(text)
        if len(words) > 1:
            index = self.rng.choice(words)
            del pieces[index : index + 2 if index + 1 < len(pieces) and pieces[index + 1].isspace() else index + 1]
        return "".join(pieces)

    def typo(self, text: str) -> str:
        places = [index for index, character in enumerate(text) if character.isalpha()]
        if not places:
            return text
        place, letter = self.rng.choice(places), self.rng.choice(self.rng.choice(self.vocabulary))
        return text[:place] + self.rng.choice([letter, "", text[place] + letter]) + text[place + 1 :]

    def change_case(self, text: str) -> str:
        pieces, words = self.pieces(text)
        if words:
            index = self.rng.choice(words)
            pieces[index] = self.rng.choice([str.upper, str.title, str.lower])(pieces[index])
        return "".join(pieces)

    def edit(self, text: str) -> str:
        ways = [self.replace_word, self.insert_word, self.delete_word, self.typo, self.typo, self.change_case]
        return self.rng.choice(ways)(text)

    def insert_sentence(self, text: str) -> str:
        places = [match.end() for match in re.finditer(r"[.。]\s?|\n", text)]
        if not places:
            return text
        place = self.rng.choice(places)
        return text[:place] + self.sentence() + self.space + text[place:]

    def delete_sentence(self, text: str) -> str:
        spans = [match.span() for match in re.finditer(r"(?<=[.。\n])[^.。\n]+[.。]", text)]
        if not spans:
            return text
        start, end = self.rng.choice(spans)
        return text[:start] + text[end:]

    def insert_paragraph(self, text: str) -> str:
        lines = text.split("\n")
        if len(lines) > 1:
            lines.insert(self.rng.randrange(1, len(lines)), self.paragraph())
        return "\n".join(lines)

    def delete_paragraph(self, text: str) -> str:
        lines = text.split("\n")
        if len(lines) > 2:
            del lines[self.rng.randrange(1, len(lines) - 1)]
        return "\n".join(lines)

    def around(self, parts: Parts, count: int) -> Parts:
        """Edits anywhere but in the passage."""
        before, behind = parts.before, parts.behind
        ways = [self.edit, self.edit, self.insert_sentence, self.delete_sentence, self.insert_paragraph]
        ways.append(self.delete_paragraph)
        for _ in range(count):
            way = self.rng.choice(ways)
            if self.rng.random() < len(before) / (1 + len(before) + len(behind)):
                before = way(before)
            else:
                behind = way(behind)
        return Parts(before, parts.quote, behind)

    def beside(self, parts: Parts) -> Parts:
        """Edits of the hundred characters on each side of the passage, of a word in seven."""
        near, behind = parts.before[-100:], parts.behind[:100]
        for _ in range(2):
            near = self.edit(near)
            behind = self.edit(behind)
        return Parts(parts.before[:-100] + near, parts.quote, behind + parts.behind[100:])


def case(kind: str, seed: int) -> Case | None:
    """The seed's case of that kind; None where its text does not lend itself to it."""
    rng = random.Random(f"{kind} {seed}")
    language = rng.choice(["English"] * 4 + [name for name in WORDS if name != "English"])
    writer = Writer(rng, language)
    paragraphs = writer.text()
    text = "\n".join(paragraphs)
    start, end = _passage(rng, text)
    if kind in TWINS:
        text, start, end = TWINS[kind](rng, writer, text, start, end)
    parts = Parts(text[:start], text[start:end], text[end:])
    writer.repeats = not kind.startswith("gone")
    edited = KINDS[kind](rng, writer, parts)
    if edited is None or not parts.quote.strip():
        return None
    gone = kind.startswith("gone")
    truth = None if gone else (len(edited.before), len(edited.before) + len(edited.quote))
    return Case(kind, language, text, start, end, edited.before + edited.quote + edited.behind, truth)


def cases(kind: str, count: int, seed: int) -> Iterator[Case]:
    found = 0
    while found < count:
        seed += 1
        if made := case(kind, seed):
            found += 1
            yield made


def _passage(rng: random.Random, text: str) -> tuple[int, int]:
    """A word or three, some words, a sentence, some paragraphs or, now and then, a cut through words."""
    words = [match.span() for match in PIECE.finditer(text) if not match[0].isspace()]
    dice = rng.random()
    count = rng.randint(1, 3) if dice < 0.2 else rng.randint(4, 30) if dice < 0.85 else rng.randint(30, 150)
    first = rng.randrange(len(words))
    start, end = words[first][0], words[min(len(words), first + count) - 1][1]
    if dice > 0.95:
        start, end = start + rng.randint(0, 3), end - rng.randint(0, 3)
    while start < end and (unicodedata.combining(text[start]) or text[start] in "\u200d\ufe0f"):
        start += 1
    return (start, end) if text[start:end].strip() else words[first]


def _with_twin(rng: random.Random, writer: Writer, text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text with the passage's line once more in another place, and the passage's place."""
    return _with_line(rng, text, start, end, lambda line: line)


def _with_like_line(rng: random.Random, writer: Writer, text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text with the passage's line once more, a word or some replaced, in another place."""
    return _with_line(rng, text, start, end, lambda line: writer.varied(writer.varied(line)))


def _with_line(rng: random.Random, text: str, start: int, end: int, twin: Callable[[str], str]) -> tuple[str, int, int]:
    above, left, right, below = _lines_around(Parts(text[:start], text[start:end], text[end:]))
    added = twin(left + text[start:end] + right)
    _place_line(rng, above, below, added)
    before = "\n".join([*above, left])
    return "\n".join([before + text[start:end] + right, *below]), len(before), len(before) + end - start


def _place_line(rng: random.Random, above: list[str], below: list[str], line: str) -> None:
    """Somewhere, but not beside the passage's own line: there nobody could tell the two apart."""
    places = [(above, place) for place in range(len(above))] + [(below, place + 1) for place in range(len(below))]
    lines, place = rng.choice(places) if places else (below, 0)
    lines.insert(place, line)


def _with_like_passage(rng: random.Random, writer: Writer, text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text with the passage's words once more, one or two of them replaced, within another line."""
    parts = _like_passage_added(rng, writer, Parts(text[:start], text[start:end], text[end:]))
    return parts.before + parts.quote + parts.behind, len(parts.before), len(parts.before) + end - start


# -- the kinds of edits --


def _inserted_around(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    before, behind = parts.before, parts.behind
    for _ in range(rng.randint(1, 5)):
        way = rng.choice([writer.insert_paragraph, writer.insert_sentence])
        before, behind = way(before), way(behind)
    return Parts(before, parts.quote, behind)


def _removed_around(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    before, behind = parts.before, parts.behind
    for _ in range(rng.randint(1, 5)):
        way = rng.choice([writer.delete_paragraph, writer.delete_sentence])
        before, behind = way(before), way(behind)
    return Parts(before, parts.quote, behind)


def _context_edited(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    return writer.beside(writer.around(parts, rng.randint(0, 10)))


def _lines_around(parts: Parts) -> tuple[list[str], str, str, list[str]]:
    """The lines before the passage's line, what is before and behind the passage in its own, and the lines behind."""
    *above, left = parts.before.split("\n")
    right, *below = parts.behind.split("\n")
    return above, left, right, below


def _moved(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    above, left, right, below = _lines_around(parts)
    others = above + below
    if len(others) < 2:
        return None
    place = rng.choice([index for index in range(len(others) + 1) if index != len(above)])
    before, behind = others[:place], others[place:]
    return Parts("\n".join([*before, left]), parts.quote, "\n".join([right, *behind]))


def _twin_added(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, left, right, below = _lines_around(parts)
    _place_line(rng, above, below, left + parts.quote + right)
    return Parts("\n".join([*above, left]), parts.quote, "\n".join([right, *below]))


def _like_line_added(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, left, right, below = _lines_around(parts)
    _place_line(rng, above, below, writer.varied(left + parts.quote + right))
    return Parts("\n".join([*above, left]), parts.quote, "\n".join([right, *below]))


def _like_passage_added(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    like = writer.varied(parts.quote).strip()
    before, behind = parts.before, parts.behind
    if rng.random() < len(before) / (1 + len(before) + len(behind)):
        before = _within(rng, before[:-80], writer.space + like) + before[-80:]
    else:
        behind = behind[:80] + _within(rng, behind[80:], writer.space + like)
    return Parts(before, parts.quote, behind)


def _within(rng: random.Random, text: str, addition: str) -> str:
    ends = [match.end() for match in PIECE.finditer(text) if not match[0].isspace()]
    place = rng.choice(ends) if ends else 0
    return text[:place] + addition + text[place:]


def _form(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    """White space, normal form, quotes, dashes, unseen characters; everywhere or in the passage alone."""
    spaces = [" ", "  ", "\u00a0", "\n", "\t", " \n ", "\u2009"]

    def respaced(text: str) -> str:
        return re.sub(r"\s+", lambda _: rng.choice(spaces), text)

    def curly(text: str) -> str:
        return re.sub(r'"(?=\w)', "“", text).replace('"', "”").replace("'", "’")

    def dashes(text: str) -> str:
        return text.replace("-", rng.choice("–—\u2011")).replace("…", "...")

    def unseen(text: str) -> str:
        return re.sub(r"(?<=\w\w)(?=\w\w)", lambda _: rng.choice(["", "", "\u00ad", "\u200b"]), text)

    def decomposed(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    ways: list[Callable[[str], str]] = rng.sample([respaced, curly, dashes, unseen, decomposed], rng.randint(1, 3))
    before, quote, behind = parts.before, parts.quote, parts.behind
    alone = rng.random() < 0.3
    for way in ways:
        quote = way(quote)
        if not alone:
            before, behind = way(before), way(behind)
    return Parts(before, quote, behind)


def _edited(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    """Up to a fifth of the passage's characters, at least one."""
    allowance = len(parts.quote) // 5
    if not allowance:
        return None
    quote = parts.quote
    wanted = rng.randint(1, 6)
    for _ in range(wanted * 4):
        changed = writer.edit(quote)
        if changed != parts.quote and _distance(parts.quote, changed) <= allowance and changed.strip() == changed:
            quote, wanted = changed, wanted - 1
        if not wanted:
            break
    if quote == parts.quote:
        quote = writer.typo(quote)
    if _distance(parts.quote, quote) > allowance or not quote.strip() or quote == parts.quote:
        return None
    return Parts(parts.before, quote, parts.behind)


def _edited_and_around(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    edited = _edited(rng, writer, parts)
    return writer.around(edited, rng.randint(1, 8)) if edited else None


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(one, other))


def _quote_cut(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    return writer.around(Parts(parts.before, "", parts.behind), rng.randint(0, 4))


def _line_cut(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, _, _, below = _lines_around(parts)
    return Parts("\n".join(above), "", "\n".join(["", *below]))


def _sentence_cut(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    before = re.sub(r"[^.。\n]*$", "", parts.before)
    behind = re.sub(r"^[^.。\n]*[.。]?", "", parts.behind)
    return writer.around(Parts(before, "", behind), rng.randint(0, 4))


def _replaced(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    """Other words in its place: not one of its own stays where it was."""
    _, words = writer.pieces(parts.quote)
    other = writer.words(len(words))
    if _distance(parts.quote.lower(), other.lower()) <= 0.6 * len(parts.quote) or parts.quote.strip() in other:
        return None
    return Parts(parts.before + other, "", parts.behind)


def _line_replaced(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, _, _, below = _lines_around(parts)
    return Parts("\n".join([*above, writer.paragraph()]), "", "\n".join(["", *below]))


KINDS: dict[str, Callable[[random.Random, Writer, Parts], Parts | None]] = {
    "text put in around": _inserted_around,
    "text taken out around": _removed_around,
    "context edited": _context_edited,
    "paragraph moved": _moved,
    "like passage put in": _like_passage_added,
    "like paragraph put in": _like_line_added,
    "twin paragraph put in": _twin_added,
    "form only": _form,
    "edited up to a fifth": _edited,
    "edited, and around it": _edited_and_around,
    "edited, like passage there": _edited,
    "edited, like paragraph there": _edited,
    "gone: quote": _quote_cut,
    "gone: sentence": _sentence_cut,
    "gone: paragraph": _line_cut,
    "gone: replaced": _replaced,
    "gone: paragraph replaced": _line_replaced,
    "gone: quote, like passage there": _quote_cut,
    "gone: sentence, like passage there": _sentence_cut,
    "gone: paragraph, like one there": _line_cut,
    "gone: paragraph, twin there": _line_cut,
}
TWINS = {
    kind: _with_twin if "twin there" in kind else _with_like_passage if "like passage" in kind else _with_like_line
    for kind in KINDS
    if kind.endswith(" there")
}
UNTOLD = {"like paragraph put in", "twin paragraph put in", "edited, like paragraph there"}
UNTOLD |= {"gone: paragraph, like one there", "gone: paragraph, twin there"}
"""Kinds where quote and context are the same in two places, so that only the old text tells which is meant."""
