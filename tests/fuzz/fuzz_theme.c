/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the palette or the words of a style: read or refused with a sentence, and what
 * was read can be asked for. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mcy/chart.h"
#include "mcy/file.h"
#include "mcy/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static char folder[64];

static void put(const char *name, const void *bytes, size_t size)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) != 0)
        abort();
}

static void drop_folder(void)
{
    mcy_folder_remove(folder, NULL);
}

static const char palette[] = "style,role,rgb,dash,point\nall,ink,#14284B,1,7\n";
static const char words[] =
    "style,key,zh,en,meaning\nall,font,A,A,x\ncn-broker,figure,图表%d：,Figure %d: ,x\n";

static void make_folder(void)
{
    static const char *const layouts[] = {"frame.gp", "finish.gp",
#define X(name, word, layout, meaning) layout ".gp",
                                          MCY_CHART_KIND_LIST(X)
#undef X
    };
    snprintf(folder, sizeof folder, "/tmp/mcy-fuzz-theme-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    atexit(drop_folder);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        put(layouts[i], "# empty\n", 8);
    put("palette.csv", palette, sizeof palette - 1);
    put("words.csv", words, sizeof words - 1);
}

/* The first byte says which of the two files the rest is. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!size)
        return 0;
    if (!*folder)
        make_folder();
    bool colours = bytes[0] % 2;
    put(colours ? "palette.csv" : "words.csv", bytes + 1, size - 1);
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    mcy_error err = {0};
    mcy_status status = mcy_theme_read(arena, folder, "cn-broker", NULL, &theme, &err);
    if ((status == MCY_OK) == (*err.text != '\0'))
        abort(); /* a sentence with every refusal, and none without */
    if (status == MCY_OK) {
        mcy_theme_series(&theme, "nobody", size);
        if (strlen(mcy_theme_word(&theme, "figure", MCY_ZH)) > size + sizeof words)
            abort();
    }
    mcy_arena_destroy(arena);
    put("palette.csv", palette, sizeof palette - 1);
    put("words.csv", words, sizeof words - 1);
    return 0;
}
