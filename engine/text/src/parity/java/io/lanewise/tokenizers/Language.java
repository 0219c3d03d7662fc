package io.lanewise.tokenizers;

import java.util.random.RandomGenerator;

/** Words of languages that tokenizers treat differently. */
enum Language {
    ENGLISH("the of and to in a is that for it was on are as with his they be at one have this from or had by hot word "
            + "what some we can out other were all there when up use your how said an each she which do their time if "
            + "will way about many then them write would like so these her long make thing see him two has look more "
            + "day could go come did number sound no most people my over know water than call first who may down side "
            + "been now find tokenizer unbelievable internationalization neural-network co-operate don't it's we're "
            + "they've I'll he'd O'Brien U.S.A. iPhone COVID-19 naïve café résumé façade coöperate", " ",
            ". ? ! …"), FRENCH(
                    "le la les des être avoir où déjà élève garçon Noël cœur œuvre l'été aujourd'hui qu'il n'est ça naïf maïs "
                            + "bientôt forêt hôpital âge île sûr français ÉCOLE Ça Être",
                    " ", " ! . \u00A0? \u202F;"), GERMAN(
                            "der die das und nicht über Straße Größe schön Mädchen Fußgängerübergänge STRASSE GRÖẞE "
                                    + "Donaudampfschifffahrtsgesellschaft für können Äpfel Öl Übung heißt daß",
                            " ",
                            ". ! ?"), TURKISH("İstanbul ılık IŞIK ışık çiçek şeker ğ öğrenci güzel İĞNE iğne DIŞ dış",
                                    " ", ". ?"), VIETNAMESE(
                                            "tiếng Việt người không được những Đường phở nước Hà Nội đẹp ưỡng ẤM Ễ",
                                            " ", ". ?"), POLISH_AND_CZECH(
                                                    "zażółć gęślą jaźń łódź Łukasz příliš žluťoučký kůň úpěl ďábelské ódy ŽIVOT",
                                                    " ", ". !"), RUSSIAN(
                                                            "и в не на что я быть он с как это по но Ёлка ещё Ёж й Й всё русский язык МОСКВА",
                                                            " ", ". ! ?"), GREEK(
                                                                    "και το να ΣΟΦΟΣ σοφός Όλα ΐ ΰ Άνθρωπος λόγος ὁ ἄνθρωπος ᾳ ᾼ ῷ ΟΔΥΣΣΕΥΣ",
                                                                    " ", ". ;"), ARABIC(
                                                                            "السلام عليكم مرحبا كِتَابٌ لا إله اللّٰه ﷺ ﷲ ﻻ قال محمد ١٢٣ العَرَبِيَّة گ پ",
                                                                            " ", "؟ . ،"), HEBREW(
                                                                                    "שלום עולם שָׁלוֹם בְּרֵאשִׁית אֱלֹהִים שּׁ יִשְׂרָאֵל",
                                                                                    " ", ". ?"), HINDI(
                                                                                            "नमस्ते दुनिया क्षत्रिय हिन्दी क़लम ड़ श्री १२३ में है और की",
                                                                                            " ",
                                                                                            "। ?"), TAMIL_AND_BENGALI(
                                                                                                    "தமிழ் கொ கோ மொழி বাংলা কো কৌ ড় ঢ় য় শ্রী",
                                                                                                    " ", ". ।"), THAI(
                                                                                                            "สวัสดี ครับ ภาษาไทย น้ำ กำ เป็น ที่ ประเทศ ๑๒๓",
                                                                                                            "",
                                                                                                            " ."), LAO_AND_KHMER(
                                                                                                                    "ສະບາຍດີ ນ້ຳ ກຳ ភាសា ខ្មែរ ជំរាបសួរ",
                                                                                                                    "",
                                                                                                                    " ."), CHINESE(
                                                                                                                            "你好 世界 中文 分詞 简体 繁體 𠀀 𪜀 〇 一二三 的 是 在 ，我们 龍 龍 神",
                                                                                                                            "",
                                                                                                                            "。 ！ ？"), JAPANESE(
                                                                                                                                    "こんにちは 世界 カタカナ ｶﾀｶﾅ ガギグ ガ ｶﾞ パ 東京 です ます ー っ ゟ ㍿ ㌔ 々 〜 ㈱",
                                                                                                                                    "",
                                                                                                                                    "。 ！"), KOREAN(
                                                                                                                                            "안녕하세요 세계 한국어 각 값 닭 ㄱㄴㄷ ᄒᆞᆫ 가힣 ﾡ 읽다 있습니다",
                                                                                                                                            " ",
                                                                                                                                            ". ?"), MATHEMATICS(
                                                                                                                                                    "x² ½ ¼ ∑ ∫ √2 ≠ ≤ α₁ ℝ ℵ ㎏ Ⅷ ① ⑳ 𝒳 𝐀 𝟘 𝕏 ﬁ ﬃ ℻ µ Å Ω K ‰ 10⁻⁵ ℃",
                                                                                                                                                    " ",
                                                                                                                                                    ". ;");

    private final String[] words;
    private final String gap;
    private final String[] ends;

    Language(String words, String gap, String ends) {
        this.words = words.split(" ");
        this.gap = gap;
        this.ends = ends.split(" ");
    }

    String word(RandomGenerator random) {
        return words[random.nextInt(words.length)];
    }

    /** Returns what stands between two words. */
    String gap() {
        return gap;
    }

    /** Returns what may stand behind a word within a sentence. */
    String mark(RandomGenerator random) {
        return random.nextBoolean()
                ? ends[random.nextInt(ends.length)]
                : Character.toString(RandomCharacters.punctuation(random));
    }

    /** Returns what ends a sentence. */
    String end() {
        return ends[0];
    }
}
