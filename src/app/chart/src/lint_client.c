/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of what may not leave the house: in texts, in what PDF and PNG say about themselves, and in
 * files and folders that do not belong to a pack. */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lint_parts.h"

static const char *const private_marks[] = {
    "/home/", "/root/",      "/Users/",           "/tmp/",    "C:\\Users\\", "file://",
    "/work/", "note-claims", "internal use only", "仅供内部", "内部附件"};

static const char *const copy_marks[] = {"(copy", "（copy", "github.com", "repost",
                                         "text copy"};

/* Where words stand in some bytes; NULL when they do not. */
static const char *find(const char *bytes, size_t size, const char *words, size_t n)
{
    for (const char *at = bytes, *end = bytes + size; n && at + n <= end; at++) {
        at = memchr(at, words[0], (size_t)(end - at));
        if (!at || at + n > end)
            return NULL;
        if (!memcmp(at, words, n))
            return at;
    }
    return NULL;
}

/* As PDF writes what is not Latin: <FEFF002F0068...>, or the same bytes. Marks in ASCII only. */
static bool find_wide(const char *bytes, size_t size, const char *words)
{
    char wide[128], upper[256], lower[256];
    size_t n = strlen(words);
    if (n >= sizeof wide / 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        wide[2 * i] = '\0';
        wide[2 * i + 1] = words[i];
        snprintf(upper + 4 * i, 5, "%04X", (unsigned)(unsigned char)words[i]);
        snprintf(lower + 4 * i, 5, "%04x", (unsigned)(unsigned char)words[i]);
    }
    return find(bytes, size, upper, 4 * n) || find(bytes, size, lower, 4 * n) ||
           find(bytes, size, wide + 1, 2 * n - 1);
}

static bool find_word(const char *bytes, size_t size, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = bytes; (at = find(at, size - (size_t)(at - bytes), word, n)) != NULL;
         at++)
        if ((at == bytes || !isalnum((unsigned char)at[-1])) &&
            (at + n == bytes + size || !isalnum((unsigned char)at[n])))
            return true;
    return false;
}

/* The one who runs this and the machine; not what is too short or too common to mean anybody. */
static void lint_names(lint_run *run, const char *name, const char *bytes, size_t size)
{
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    const char *who[] = {getenv("USER"), getenv("LOGNAME"), host};
    for (size_t i = 0; i < 3; i++) {
        bool known = who[i] && strlen(who[i]) > 3 && strcmp(who[i], "root") &&
                     strcmp(who[i], "nobody") && strcmp(who[i], "localhost");
        if (known && (find_word(bytes, size, who[i]) || find_wide(bytes, size, who[i])))
            lint_add(run, MCY_LINT_PRIVATE, name, "holds the name '%s'", who[i]);
    }
}

static void lint_marks(lint_run *run, const char *name, const char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof private_marks / sizeof *private_marks; i++)
        if (find(bytes, size, private_marks[i], strlen(private_marks[i])) ||
            find_wide(bytes, size, private_marks[i]))
            lint_add(run, MCY_LINT_PRIVATE, name, "holds '%s'", private_marks[i]);
    lint_names(run, name, bytes, size);
}

/* A PDF without its streams, which are pictures, glyphs and compressed text. */
static void lint_pdf(lint_run *run, const char *name, const char *bytes, size_t size)
{
    static const char begin[] = "stream", end[] = "endstream";
    const char *at = bytes, *last = bytes + size;
    while (at < last) {
        const char *stream = find(at, (size_t)(last - at), begin, sizeof begin - 1);
        size_t plain = (size_t)((stream ? stream : last) - at);
        lint_marks(run, name, at, plain);
        if (!stream)
            return;
        at = find(stream, (size_t)(last - stream), end, sizeof end - 1);
        at = at ? at + sizeof end - 1 : last;
    }
}

/* Chunks of a PNG that hold the picture; tEXt is read, others are seen by no reader. */
static void lint_png(lint_run *run, const char *name, const char *bytes, size_t size)
{
    static const char shown[] = "IHDR PLTE IDAT IEND pHYs bKGD sRGB gAMA tRNS sBIT cHRM tIME ";
    for (size_t at = 8; at + 12 <= size;) {
        const unsigned char *p = (const unsigned char *)bytes + at;
        size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        char type[6];
        snprintf(type, sizeof type, "%.4s ", bytes + at + 4);
        if (n > size - at - 12)
            return;
        if (!strcmp(type, "tEXt "))
            lint_marks(run, name, bytes + at + 8, n);
        else if (!strstr(shown, type))
            lint_add(run, MCY_LINT_PRIVATE, name, "has a chunk '%.4s', which no reader sees",
                     type);
        at += n + 12;
    }
}

/* What clients read names documents, not where a copy of them was found; trace.csv stays in the
 * house and may. */
static void lint_primary(lint_run *run, const char *name, const char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof copy_marks / sizeof *copy_marks; i++)
        if (find(bytes, size, copy_marks[i], strlen(copy_marks[i])))
            lint_add(run, MCY_LINT_PRIMARY, name, "holds '%s'", copy_marks[i]);
}

static bool is_private_name(const char *name)
{
    return name[0] == '.' || strstr(name, "internal") || strstr(name, "note-claims") ||
           strstr(name, ".aside-") || name[strlen(name) - 1] == '~';
}

void lint_client(lint_run *run, const char *name, const char *bytes, size_t size)
{
    if (lint_ends(name, ".pdf"))
        lint_pdf(run, name, bytes, size);
    else if (lint_ends(name, ".png"))
        lint_png(run, name, bytes, size);
    else
        lint_marks(run, name, bytes, size);
    if (lint_ends(name, ".svg") || lint_ends(name, ".md") || lint_ends(name, ".html") ||
        lint_ends(name, ".tsv"))
        lint_primary(run, name, bytes, size);
}

void lint_client_folder(lint_run *run)
{
    DIR *open = opendir(run->folder);
    for (struct dirent *entry; open && (entry = readdir(open));) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, ".."))
            continue;
        const char *path = mcy_path_join(run->arena, run->folder, name);
        if (path && mcy_folder_exists(path))
            lint_add(run, MCY_LINT_PRIVATE, name, "a folder inside the pack");
        else if (is_private_name(name))
            lint_add(run, MCY_LINT_PRIVATE, name, "does not belong to what a client gets");
    }
    if (open)
        closedir(open);
}
