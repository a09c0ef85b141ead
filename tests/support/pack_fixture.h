/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack of the gallery in a folder of its own, and programs that stand in for gnuplot. */
#ifndef MCY_TESTS_PACK_FIXTURE_H
#define MCY_TESTS_PACK_FIXTURE_H

#include "check.h"
#include "gallery.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/pack.h"

typedef struct fixture {
    mcy_arena *arena;
    mcy_theme theme;
    gallery_chart gallery[GALLERY];
    mcy_chart charts[GALLERY];
    mcy_pack pack;
    char home[64], folder[128];
} fixture;

static inline int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    mcy_error err = {0};
    snprintf(f->home, sizeof f->home, "/tmp/mcy-pack-XXXXXX");
    if (!mkdtemp(f->home))
        return 1;
    snprintf(f->folder, sizeof f->folder, "%s/pack", f->home);
    f->arena = mcy_arena_create();
    if (mcy_theme_read(f->arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &f->theme, &err)) {
        print_error("%s\n", err.text);
        return 1;
    }
    for (size_t i = 0; i < GALLERY; i++) {
        gallery_make(&f->gallery[i], i);
        f->charts[i] = f->gallery[i].chart;
    }
    f->pack = (mcy_pack){.name = "gallery",
                         .title = {"样张", "Gallery"},
                         .themes = {&f->theme, &f->theme},
                         .charts = f->charts,
                         .chart_count = 2,
                         .as_of = "2026-03-20",
                         .languages = {true, true},
                         .svg = true,
                         .processes = 1};
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    fixture *f = *state;
    mcy_folder_remove(f->home, NULL);
    mcy_arena_destroy(f->arena);
    free(f);
    return 0;
}

/* A program in the fixture's home that stands in for gnuplot. */
static inline const char *stand_in(fixture *f, const char *script)
{
    const char *path = mcy_path_join(f->arena, f->home, "stand-in");
    mcy_error err = {0};
    mcy_text text;
    mcy_text_init(&text);
    mcy_text_print(&text, "#!/bin/sh\n%s\n", script);
    check_ok(mcy_file_write_text(path, &text, &err), err);
    mcy_text_release(&text);
    assert_int_equal(chmod(path, 0700), 0);
    return path;
}

static inline bool in_pack(fixture *f, const char *name)
{
    return mcy_file_exists(mcy_path_join(f->arena, f->folder, name));
}

static inline void bytes_of(fixture *f, const char *folder, const char *name, mcy_file *file)
{
    mcy_error err = {0};
    const char *path = mcy_path_join(f->arena, folder, name);
    check_ok(mcy_file_read(path, MCY_FILE_MOST_TEXT, file, &err), err);
}

#endif
