/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and numbers added to a text in both languages. */
#include "pack_say.h"

void pack_say(pack_words *words, const char *zh, const char *en)
{
    mcy_text_add(&words->text[MCY_ZH], zh);
    mcy_text_add(&words->text[MCY_EN], en);
}

void pack_say_marked(pack_words *words, const char *id, mcy_bilingual text)
{
    for (int l = 0; l < MCY_LANGUAGES; l++)
        mcy_text_print(&words->text[l], "%s%s%s%s%s", NUMBER_OPEN, id ? id : "", NUMBER_MID,
                       mcy_bilingual_text(text, (mcy_language)l), NUMBER_CLOSE);
}

void pack_say_number(pack_words *words, const char *id, double value, mcy_display display,
                     const char *zh_unit, const char *en_unit)
{
    char shown[MCY_DISPLAY_TEXT];
    mcy_display_print(value, &display, shown);
    pack_say_marked(words, id, (mcy_bilingual){shown, shown});
    pack_say(words, zh_unit, en_unit);
}

void pack_say_usd(pack_words *words, const char *id, double usd_m)
{
    char zh[MCY_DISPLAY_TEXT], en[MCY_DISPLAY_TEXT];
    mcy_display one = {.decimals = 1}, two = {.decimals = 2};
    mcy_display_print(usd_m / 100, &one, zh);
    mcy_display_print(usd_m / 1000, &two, en);
    pack_say(words, "", "USD ");
    pack_say_marked(words, id, (mcy_bilingual){zh, en});
    pack_say(words, " 亿美元", " bn");
}

mcy_status pack_say_status(const pack_words *words, mcy_error *err)
{
    MCY_TRY(mcy_text_status(&words->text[MCY_ZH], err));
    return mcy_text_status(&words->text[MCY_EN], err);
}
