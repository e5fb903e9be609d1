"""Seeded texts in many scripts, and ways to edit them. Of the unkind sort: few words, much used; sentences that come
back, as they are or with a word changed."""

import random
import re
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
    "Chinese": (
        "的 的 的 了 是 在 不 和 有 我们 他 她 这 那 城市 河流 桥梁 市场 价格 选举 冬天 信件 书 读者 "
        "村庄 铁路 医生 老师 说 写 问 找到 失去 保存 打开 关闭 开始 结束 昨天 今天 政府 发展 大学 责任 "
        "很 快 慢 总是 也许"
    ),
    "Japanese": (
        "は を に が の の で と も から まで 都市 川 橋 市場 価格 選挙 冬 手紙 本 読者 村 鉄道 医者 "
        "先生 言った 書いた 尋ねた 見つけた 失った 開けた 閉めた 昨日 今日 政府 大学 ゆっくり いつも "
        "たぶん コード ページ"
    ),
    "Thai": (
        "ที่ และ ใน ของ เป็น มี ไม่ ได้ ว่า ให้ เมือง แม่น้ำ สะพาน ตลาด ราคา เลือกตั้ง ฤดูหนาว จดหมาย "
        "หนังสือ ผู้อ่าน หมู่บ้าน หมอ ครู พูด เขียน ถาม พบ หาย เมื่อวาน วันนี้"
    ),
    "emoji": (
        "we they the a to go see love 😀 🎉 👩‍👩‍👧 🇩🇪 👍🏽 ❤️ rain sun home train book today never again 🚂 soon with"
    ),
}
UNSPACED = {"Chinese", "Japanese", "Thai"}
PIECE = re.compile(
    r"\s+|[\u0e00-\u0e7f]{1,6}|[\u3040-\u30ff\u4e00-\u9fff]|[^\s\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]+"
)
AGAIN, ALIKE = 0.01, 0.04  # sentences that are one of those before, or one of them with a word or two replaced


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
