"""Detecting a text's language, or that it is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.language_detection import detect_language

TEXTS = {
    "en": "Twice a day the water comes into the harbour, and twice a day it leaves again. Nobody in the town has to"
    " look at a table to know when the boats will float, because they have all grown up with it.",
    "de": "Zweimal am Tag kommt das Wasser in den Hafen, und zweimal am Tag geht es wieder. Niemand in der Stadt muss"
    " in einer Tafel nachsehen, wann die Boote schwimmen, denn alle sind damit aufgewachsen.",
    "fr": "Deux fois par jour, l'eau entre dans le port, et deux fois par jour elle en repart. Personne dans la ville"
    " n'a besoin de consulter une table pour savoir quand les bateaux flotteront.",
    "es": "Dos veces al día el agua entra en el puerto y dos veces al día vuelve a salir. Nadie en el pueblo tiene que"
    " mirar una tabla para saber cuándo flotarán los barcos, porque todos crecieron con ello.",
    "pl": "Dwa razy dziennie woda wpływa do portu i dwa razy dziennie z niego odpływa. Nikt w mieście nie musi zaglądać"
    " do tablicy, żeby wiedzieć, kiedy łodzie będą pływać, bo wszyscy z tym dorastali.",
    "uk": "Двічі на день вода приходить у гавань, і двічі на день вона знову відходить. Ніхто в місті не мусить"
    " дивитися в таблицю, щоб знати, коли човни попливуть, бо всі виросли з цим.",
    "ru": "Дважды в день вода приходит в гавань и дважды в день снова уходит. Никому в городе не нужно смотреть"
    " в таблицу, чтобы знать, когда лодки поплывут, потому что все с этим выросли.",
    "ja": "一日に二度、港に水が入り、また引いていく。町の人は皆、潮を見て育ったので、表を見なくても分かる。",
    "ko": "하루에 두 번 물이 항구로 들어오고 두 번 다시 나간다. 마을 사람들은 모두 그것과 함께 자랐다.",
    "zh-Hans": "每天两次，海水涌进港口，又两次退去。镇上的人们都在潮水里长大，不用看表就知道船什么时候能开。",
    "zh-Hant": "每天兩次，海水湧進港口，又兩次退去。鎮上的人們都在潮水裡長大，不用看錶就知道船什麼時候能開。",
    "ar": "يدخل الماء إلى الميناء مرتين في اليوم ويخرج منه مرتين، ولا يحتاج أحد في المدينة إلى جدول."
    " ليعرف متى تطفو القوارب.",
    "fa": "روزی دو بار آب به بندر می‌آید و دو بار دیگر بازمی‌گردد. هیچ‌کس در شهر"
    " نیازی به جدول ندارد چون همه با آن بزرگ شده‌اند.",
    "he": "פעמיים ביום המים נכנסים לנמל ופעמיים ביום הם יוצאים ממנו שוב.",
    "th": "น้ำเข้ามาในท่าเรือวันละสองครั้ง และออกไปอีกวันละสองครั้ง",
    "el": "Δύο φορές την ημέρα το νερό μπαίνει στο λιμάνι και δύο φορές φεύγει πάλι.",
    "hi": "दिन में दो बार पानी बंदरगाह में आता है और दिन में दो बार वापस चला जाता है। शहर में किसी को भी यह जानने के लिए सारणी"
    " देखने की ज़रूरत नहीं पड़ती कि नावें कब तैरेंगी।",
}


@pytest.mark.parametrize("language", TEXTS)
def test_language(language):
    assert detect_language(TEXTS[language]) == language


NEIGHBOURS = {
    "ca": "Dues vegades al dia l'aigua entra al port i dues vegades al dia en torna a sortir. Ningú del poble no ha de"
    " mirar cap taula per saber quan suraran les barques, perquè tots hi han crescut.",
    "pt": "Duas vezes por dia a água entra no porto, e duas vezes por dia volta a sair. Ninguém na cidade precisa de"
    " olhar para uma tabela para saber quando os barcos vão flutuar, porque todos cresceram com isso.",
    "nl": "Tweemaal per dag komt het water de haven in, en tweemaal per dag gaat het er weer uit. Niemand in de stad"
    " hoeft in een tabel te kijken om te weten wanneer de boten drijven, want ze zijn er allemaal mee opgegroeid.",
    "da": "To gange om dagen kommer vandet ind i havnen, og to gange om dagen løber det ud igen. Ingen i byen behøver"
    " at se i en tabel for at vide, hvornår bådene flyder, for de er alle vokset op med det.",
    "no": "Sørg for at bildet har rett format, og for at navnet er lett å lese. For at alle skal finne det, bør du for"
    " sikkerhets skyld skrive hva det viser, for ellers blir det borte for dem som leter.",
    "ro": "Portul are cel puțin un dig, iar digul are o lampă. Cine are barcă are și un loc la mal, iar cine nu are"
    " așteaptă până când apa are destulă adâncime pentru toți.",
    "bg": "Два пъти на ден водата влиза в пристанището и два пъти на ден отново излиза. Никой в града не трябва да"
    " гледа в таблица, за да знае кога лодките ще плават, защото всички са израснали с това.",
    "be": "Два разы на дзень вада прыходзіць у гавань і два разы на дзень зноў сыходзіць. Нікому ў горадзе не трэба"
    " глядзець у табліцу, каб ведаць, калі лодкі паплывуць, бо ўсе з гэтым выраслі.",
}


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_a_neighbour_is_not_taken_for_what_shares_its_words(language):
    assert detect_language(NEIGHBOURS[language]) in (language, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two words",
        "12 34 56 " * 50,
        "https://a.example/a/long/address/that/says/nothing " * 10,
        "def f(x):\n    return x + 1\n" * 20,
        TEXTS["zh-Hans"][:60] + TEXTS["ko"][:60],
        "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore",
    ],
    ids=["empty", "short", "numbers", "addresses", "code", "mixed", "filler"],
)
def test_what_is_not_sure_is_unknown(text):
    assert detect_language(text) is None


def test_a_quotation_in_another_script_changes_nothing():
    assert detect_language(f"{TEXTS['en']} {TEXTS['ja'][:20]} {TEXTS['en']}") == "en"
    assert detect_language(f"{TEXTS['zh-Hans']}iPhone 15 Pro Max{TEXTS['zh-Hans']}") == "zh-Hans"


@given(st.text())
def test_any_text(text):
    assert detect_language(text) is None or detect_language(text * 2)
