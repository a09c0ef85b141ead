/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files by name, and what to say when there is none. */
#include "mcy/shipped.h"

#include <string.h>

#include "mcy/file.h"
#include "yaml_bind.h"

static const char suffix[] = ".yaml";

static bool ends_in_suffix(const char *name)
{
    size_t n = strlen(name), m = sizeof suffix - 1;
    return n > m && strcmp(name + n - m, suffix) == 0;
}

bool mcy_shipped_is_path(const char *given)
{
    return strchr(given, '/') || ends_in_suffix(given);
}

char *mcy_shipped_name(mcy_arena *arena, const char *file)
{
    const char *name = mcy_path_name(file);
    size_t n = strlen(name);
    return mcy_arena_copy(arena, name, ends_in_suffix(name) ? n - (sizeof suffix - 1) : n);
}

/* "'tornado' is a sweep: 'memcycle sweep tornado'" when another folder has the name; else "". */
static const char *other_kind(mcy_arena *arena, const char *folder, const char *name)
{
    static const struct {
        const char *folder, *kind, *command;
    } kinds[] = {{"sweeps", "a sweep", "sweep"},
                 {"packs", "a pack", "charts"},
                 {"../sweeps", "a sweep", "sweep"},
                 {"../packs", "a pack", "charts"},
                 {"..", "a scenario", "run"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *file =
            mcy_arena_print(arena, "%s/%s/%s%s", folder, kinds[i].folder, name, suffix);
        if (file && mcy_file_exists(file))
            return mcy_arena_print(arena, "; '%s' is %s: 'memcycle %s %s'", name, kinds[i].kind,
                                   kinds[i].command, name);
    }
    return "";
}

/* No such file: the names that are there, the closest first. */
static mcy_status refuse_name(mcy_arena *arena, const char *folder, const char *what,
                              const char *given, mcy_error *err)
{
    const char *const *files = NULL;
    size_t count = 0;
    char hint[128];
    MCY_TRY(mcy_folder_list(arena, folder, suffix, &files, &count, err));
    const char **names = MCY_TAKE(arena, const char *, count + 1);
    const char *list = "";
    if (!names)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        names[i] = mcy_shipped_name(arena, files[i]);
        list =
            names[i] ? mcy_arena_print(arena, "%s%s%s", list, i ? ", " : "", names[i]) : NULL;
        if (!list)
            return mcy_fail_memory(err);
    }
    mcy_yaml_hint(given, names, count, hint);
    const char *other = other_kind(arena, folder, given);
    return MCY_FAIL(err, MCY_E_INPUT, "no %s '%s' in %s%s; there are %s%s", what, given, folder,
                    hint, count ? list : "none", other ? other : "");
}

/* "base.yaml" is a file of this folder; who means the shipped one is told its name. */
static mcy_status refuse_mistaken_path(mcy_arena *arena, const char *folder, const char *what,
                                       const char *given, mcy_error *err)
{
    const char *shipped = mcy_path_join(arena, folder, given);
    const char *name = mcy_shipped_name(arena, given);
    if (!shipped || !name)
        return mcy_fail_memory(err);
    if (strchr(given, '/') || mcy_file_exists(given) || !mcy_file_exists(shipped))
        return MCY_OK;
    return MCY_FAIL(err, MCY_E_INPUT,
                    "no file '%s' in this folder: '%s' without .yaml is the %s %s", given, name,
                    what, shipped);
}

mcy_status mcy_shipped_file(mcy_arena *arena, const char *folder, const char *what,
                            const char *given, const char **file, mcy_error *err)
{
    *file = given;
    if (mcy_shipped_is_path(given))
        return refuse_mistaken_path(arena, folder, what, given, err);
    const char *name = mcy_arena_print(arena, "%s%s", given, suffix);
    *file = name ? mcy_path_join(arena, folder, name) : NULL;
    if (!*file)
        return mcy_fail_memory(err);
    if (!mcy_file_exists(*file) && mcy_folder_exists(folder))
        return refuse_name(arena, folder, what, given, err);
    return MCY_OK;
}
