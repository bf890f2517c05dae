"""Month names of the national calendars, as plain tables; and the short marks that say which calendar a date is in.

Written by hand from common usage; languages without a row use the English spelling. Western digits everywhere.
"""

from __future__ import annotations

from mrc_app.calendars.days import Calendar

_ETHIOPIAN = {
    "am": "መስከረም ጥቅምት ኅዳር ታኅሣሥ ጥር የካቲት መጋቢት ሚያዝያ ግንቦት ሰኔ ሐምሌ ነሐሴ ጳጉሜን",
    "ti": "መስከረም ጥቅምቲ ሕዳር ታሕሳስ ጥሪ ለካቲት መጋቢት ሚያዝያ ግንቦት ሰነ ሓምለ ነሓሰ ጳጉሜን",
    "om": "Fulbaana Onkololeessa Sadaasa Muddee Amajjii Guraandhala Bitooteessa Ebla Caamsaa Waxabajjii "
    "Adooleessa Hagayya Qaammee",
    "en": "Meskerem Tikimt Hidar Tahsas Tir Yekatit Megabit Miyazya Ginbot Sene Hamle Nehase Pagume",
    "fr": "Meskerem Tikemt Hidar Tahsas Ter Yekatit Megabit Miyazya Guenbot Sené Hamlé Nehassé Pagoumé",
    "ar": "مسكريم تكمت هدار تهساس تر يكتت مجابيت ميازيا جنبت سين هامل نهاس باجمن",
}
_BIKRAM_SAMBAT = {
    "ne": "वैशाख जेठ असार साउन भदौ असोज कात्तिक मंसिर पुस माघ फागुन चैत",
    "hi": "वैशाख ज्येष्ठ आषाढ़ श्रावण भाद्रपद आश्विन कार्तिक मार्गशीर्ष पौष माघ फाल्गुन चैत्र",
    "en": "Baisakh Jestha Asar Shrawan Bhadra Ashwin Kartik Mangsir Poush Magh Falgun Chaitra",
}
_HIJRI = {
    "ar": "محرم,صفر,ربيع الأول,ربيع الآخر,جمادى الأولى,جمادى الآخرة,رجب,شعبان,رمضان,شوال,ذو القعدة,ذو الحجة",
    "ur": "محرم,صفر,ربیع الاول,ربیع الثانی,جمادی الاول,جمادی الثانی,رجب,شعبان,رمضان,شوال,ذوالقعدہ,ذوالحجہ",
    "fa": "محرم,صفر,ربیع الاول,ربیع الثانی,جمادی الاول,جمادی الثانی,رجب,شعبان,رمضان,شوال,ذیقعده,ذیحجه",
    "en": "Muharram,Safar,Rabi al-Awwal,Rabi al-Thani,Jumada al-Ula,Jumada al-Akhira,Rajab,Shaban,Ramadan,Shawwal,"
    "Dhu al-Qadah,Dhu al-Hijjah",
    "fr": "mouharram,safar,rabia al-awal,rabia ath-thani,joumada al-oula,joumada ath-thania,rajab,chaabane,ramadan,"
    "chawwal,dhou al-qida,dhou al-hijja",
    "id": "Muharam,Safar,Rabiulawal,Rabiulakhir,Jumadilawal,Jumadilakhir,Rajab,Syakban,Ramadan,Syawal,Zulkaidah,"
    "Zulhijah",
    "ms": "Muharam,Safar,Rabiulawal,Rabiulakhir,Jamadilawal,Jamadilakhir,Rejab,Syaaban,Ramadan,Syawal,Zulkaedah,"
    "Zulhijah",
    "bn": "মহররম,সফর,রবিউল আউয়াল,রবিউস সানি,জমাদিউল আউয়াল,জমাদিউস সানি,রজব,শাবান,রমজান,শাওয়াল,জিলকদ,জিলহজ",
}
_SOLAR_HIJRI = {
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "prs": "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "ps": "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
    "en": "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    "ur": "فروردین اردیبہشت خرداد تیر مرداد شہریور مہر آبان آذر دے بہمن اسفند",
}
_SAME_NAMES = {"prs": "fa", "mai": "hi"}

MARKS: dict[Calendar, dict[str, str]] = {
    Calendar.ETHIOPIAN: {
        "am": "ዓ.ም.", "ti": "ዓ.ም.", "om": "A.L.I.", "en": "EC", "fr": "cal. éthiopien", "ar": "إثيوبي",
    },
    Calendar.BIKRAM_SAMBAT: {"ne": "वि.सं.", "hi": "वि.सं.", "en": "BS"},
    Calendar.HIJRI: {
        "ar": "هـ", "ur": "ھ", "fa": "ه.ق.", "prs": "ه.ق.", "en": "AH", "fr": "H", "id": "H", "ms": "H",
    },
    Calendar.SOLAR_HIJRI: {"fa": "ه.ش.", "prs": "ه.ش.", "ps": "لمريز", "en": "SH", "ur": "ھ ش"},
    Calendar.GREGORIAN: {"am": "እ.ኤ.አ.", "ti": "ዓ.ም.ፈ.", "om": "A.L.A.", "fa": "م.", "prs": "م.", "ps": "م."},
}  # fmt: skip
"""The mark that says which calendar a written date is in. Gregorian needs one only beside a date whose months or years
look like its own."""

MAY_CHANGE = {"ne": "±1 दिन", "hi": "±1 दिन", "en": "±1 day", "fr": "±1 jour", "ar": "±1 يوم"}
"""Stands after a day that may still move by one."""


def _table(calendar: Calendar) -> dict[str, list[str]]:
    if calendar is Calendar.HIJRI:
        return {code: names.split(",") for code, names in _HIJRI.items()}
    rows = {Calendar.ETHIOPIAN: _ETHIOPIAN, Calendar.SOLAR_HIJRI: _SOLAR_HIJRI}.get(calendar, _BIKRAM_SAMBAT)
    return {code: names.split() for code, names in rows.items()}


def national_month_names(calendar: Calendar, language: str) -> list[str]:
    """The month names in a language, in English spelling where the language has no row. Not for Gregorian."""
    table = _table(calendar)
    return table.get(language) or table.get(_SAME_NAMES.get(language, "")) or table["en"]


def mark(calendar: Calendar, language: str) -> str:
    """The short mark of a calendar in a language, English where there is none; empty for plain Gregorian."""
    marks = MARKS[calendar]
    return marks.get(language) or marks.get("en", "")
