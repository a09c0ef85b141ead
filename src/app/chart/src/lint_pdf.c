/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of a PDF by the programs that read it: pdffonts and pdftotext, where they are installed. */
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/spawn.h"

/* What a program says of a file; false where it is not installed. */
static bool asked(const char *const *arguments, mcy_text *out, mcy_status *status)
{
    mcy_error why = {0};
    *status = mcy_spawn(arguments, NULL, NULL, 0, 30, out, NULL, &why);
    return *status == MCY_OK || !strstr(why.text, "No such file");
}

/* A line of pdffonts ends in: embedded, subset, unicode, object, generation. */
static bool is_embedded(const char *line)
{
    const char *words[64];
    size_t count = 0;
    for (const char *at = line + strspn(line, " "); *at && count < 64;) {
        words[count++] = at;
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return count >= 5 && !strncmp(words[count - 5], "yes ", 4);
}

/* A font of the PDF that is not embedded, asked of pdffonts. */
static void lint_fonts(lint_run *run, const char *name, const char *path)
{
    const char *arguments[] = {"pdffonts", path, NULL};
    mcy_text out = {0};
    mcy_status status;
    if (!asked(arguments, &out, &status)) {
        mcy_text_release(&out);
        return;
    }
    size_t line = 0, fonts = 0;
    for (const char *at = mcy_text_view(&out); *at; line++) {
        size_t n = strcspn(at, "\n");
        char text[256];
        snprintf(text, sizeof text, "%.*s", (int)(n < 250 ? n : 250), at);
        fonts += line >= 2;
        if (line >= 2 && !is_embedded(text))
            lint_add(run, MCY_LINT_FONTS, name, "not embedded: %.80s", text);
        at += n + (at[n] == '\n');
    }
    if (status != MCY_OK || !fonts)
        lint_add(run, MCY_LINT_FONTS, name, "no fonts can be read from it");
    mcy_text_release(&out);
}

/* "/ID" with nothing of an id after it. */
static bool holds_id(const char *text, const char *id)
{
    size_t n = strlen(id);
    for (const char *at = text; (at = strstr(at, id)) != NULL; at++)
        if (at > text && at[-1] == '/' &&
            !strspn(at + n, "abcdefghijklmnopqrstuvwxyz0123456789-"))
            return true;
    return false;
}

/* The id of every figure stands on its page. */
static void lint_ids(lint_run *run, const char *name, const char *path)
{
    const char *arguments[] = {"pdftotext", path, "-", NULL};
    mcy_text out = {0}, text = {0};
    mcy_status status;
    bool known = asked(arguments, &out, &status) && status == MCY_OK;
    mcy_text_add_letters(&text, mcy_text_view(&out));
    if (known)
        for (size_t i = 0; i < run->figure_count; i++) {
            if (!holds_id(mcy_text_view(&text), run->figures[i].id))
                lint_add(run, MCY_LINT_ID, name, "no '...%.150s' in it", run->figures[i].id);
        }
    mcy_text_release(&out);
    mcy_text_release(&text);
}

void lint_pdf_file(lint_run *run, const char *name, const char *path)
{
    lint_fonts(run, name, path);
    lint_ids(run, name, path);
}
