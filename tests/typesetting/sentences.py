"""One sentence a language about a contract or a passport, written for these tests, without digits or Latin
letters where the script is another."""

from __future__ import annotations

SENTENCES = {
    "en": "Keep a copy of your contract and your passport.",
    "fr": "Gardez une copie de votre contrat et de votre passeport, même à l’étranger.",
    "es": "Guarde una copia de su contrato y de su pasaporte: es su protección.",
    "pt": "Guarde uma cópia do seu contrato e do seu passaporte; não os entregue.",
    "sw": "Weka nakala ya mkataba wako na pasipoti yako.",
    "vi": "Hãy giữ một bản sao hợp đồng và hộ chiếu của bạn.",
    "fil": "Magtago ng kopya ng iyong kontrata at pasaporte.",
    "id": "Simpan salinan kontrak kerja dan paspor Anda.",
    "ru": "Храните копию вашего договора и паспорта.",
    "om": "Paaspoortiin koo narraa fudhatameera.",
    "so": "Baasaboorkaygii waa la iga qaatay.",
    "ms": "Pasport saya diambil daripada saya.",
    "uk": "У мене забрали паспорт.",
    "mg": "Nalaina tamiko ny pasipaoroko.",
    "bm": "N ka pasipɔri minɛna n bolo.",
    "wo": "Dañu jël sama paaspoor.",
    "ff": "Paaspoor am ƴettaama.",
    "ha": "An karɓe mini fasfo.",
    "zh-Hans": "请保存好您的合同和护照的复印件。",
    "zh-Hant": "請保管好你的合約和護照的影印本。",
    "ar": "احتفظ بنسخة من عقدك وجواز سفرك معك دائما.",
    "fa": "یک نسخه از قرارداد و گذرنامه خود را نگه دارید.",
    "prs": "یک کاپی از قرارداد و پاسپورت خود را نگه دارید.",
    "ps": "د خپل قرارداد او پاسپورت یوه کاپي له ځان سره وساتئ.",
    "ur": "اپنے معاہدے اور پاسپورٹ کی ایک نقل اپنے پاس رکھیں۔",
    "am": "የውልዎን እና የፓስፖርትዎን ቅጂ ይያዙ።",
    "ti": "ናይ ውዕልካን ፓስፖርትካን ቅዳሕ ሓዝ።",
    "ne": "आफ्नो सम्झौता र राहदानीको प्रतिलिपि राख्नुहोस्।",
    "hi": "अपने अनुबंध और पासपोर्ट की एक प्रति अपने पास रखें।",
    "bn": "আপনার চুক্তিপত্র ও পাসপোর্টের একটি অনুলিপি রাখুন।",
    "si": "ඔබේ ගිවිසුමේ සහ ගමන් බලපත්‍රයේ පිටපතක් තබා ගන්න.",
    "ta": "உங்கள் ஒப்பந்தம் மற்றும் கடவுச்சீட்டின் நகலை வைத்திருங்கள்.",
    "km": "សូមរក្សាច្បាប់ចម្លងកិច្ចសន្យា និងលិខិតឆ្លងដែនរបស់អ្នក។",
    "lo": "ຈົ່ງເກັບສຳເນົາສັນຍາຈ້າງງານ ແລະ ໜັງສືຜ່ານແດນຂອງທ່ານ.",
    "th": "เก็บสำเนาสัญญาจ้างและหนังสือเดินทางของคุณไว้",
    "my": "သင့်အလုပ်စာချုပ်နှင့် နိုင်ငံကူးလက်မှတ်မိတ္တူကို သိမ်းထားပါ။",
}

SEVERAL_WORDS = {"th", "km", "lo", "my", "zh-Hans", "zh-Hant"}
"""Written without spaces between words."""
