/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders: list, make, remove, and results made aside and renamed in. */
#define _POSIX_C_SOURCE 200809L
#include "mcy/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static mcy_status fail_io(mcy_error *err, const char *what, const char *path)
{
    return MCY_FAIL(err, MCY_E_IO, "cannot %s '%s': %s", what, path, strerror(errno));
}

bool mcy_folder_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

char *mcy_path_join(mcy_arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/' || !folder[0])
        return mcy_arena_copy(arena, name, strlen(name));
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return mcy_arena_print(arena, "%s%s%s", folder, slash, name);
}

const char *mcy_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool ends_in(const char *name, const char *suffix)
{
    size_t n = strlen(name), m = strlen(suffix);
    return n >= m && strcmp(name + n - m, suffix) == 0;
}

static mcy_status list_open(mcy_arena *arena, DIR *open, const char *folder, const char *suffix,
                            const char ***names, size_t *count, mcy_error *err)
{
    size_t capacity = 0;
    for (struct dirent *entry; (entry = readdir(open));) {
        if (!ends_in(entry->d_name, suffix))
            continue;
        char *path = mcy_path_join(arena, folder, entry->d_name);
        if (!path)
            return mcy_fail_memory(err);
        if (!mcy_file_exists(path))
            continue;
        MCY_TRY(mcy_arena_grow(arena, (void **)names, *count, &capacity, sizeof **names, err));
        char *name = mcy_arena_copy(arena, entry->d_name, strlen(entry->d_name));
        if (!name)
            return mcy_fail_memory(err);
        (*names)[(*count)++] = name;
    }
    return MCY_OK;
}

mcy_status mcy_folder_list(mcy_arena *arena, const char *folder, const char *suffix,
                           const char *const **names, size_t *count, mcy_error *err)
{
    const char **found = NULL;
    *names = NULL;
    *count = 0;
    DIR *open = opendir(folder);
    if (!open)
        return fail_io(err, "read folder", folder);
    mcy_status status = list_open(arena, open, folder, suffix, &found, count, err);
    closedir(open);
    if (status == MCY_OK && *count)
        qsort(found, *count, sizeof *found, by_name);
    *names = found;
    return status;
}

mcy_status mcy_folder_make(const char *path, mcy_error *err)
{
    char *part = strdup(path);
    if (!part)
        return mcy_fail_memory(err);
    mcy_status status = MCY_OK;
    for (char *at = part + 1; status == MCY_OK; at++) {
        char held = *at;
        if (held != '/' && held != '\0')
            continue;
        *at = '\0';
        if (mkdir(part, 0777) != 0 && !(errno == EEXIST && mcy_folder_exists(part)))
            status = fail_io(err, "make folder", part);
        *at = held;
        if (!held)
            break;
    }
    free(part);
    return status;
}

/* Recursive: a folder of results is a few levels deep. */
static mcy_status remove_open(DIR *open, const char *path, mcy_error *err)
{
    for (struct dirent *entry; (entry = readdir(open));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        mcy_text inner = {0};
        struct stat about;
        mcy_text_print(&inner, "%s/%s", path, entry->d_name);
        mcy_status status = mcy_text_status(&inner, err);
        const char *at = mcy_text_view(&inner);
        if (status == MCY_OK && lstat(at, &about) == 0 && S_ISDIR(about.st_mode))
            status = mcy_folder_remove(at, err);
        else if (status == MCY_OK && unlink(at) != 0)
            status = fail_io(err, "remove", at);
        mcy_text_release(&inner);
        MCY_TRY(status);
    }
    return MCY_OK;
}

mcy_status mcy_folder_remove(const char *path, mcy_error *err)
{
    DIR *open = opendir(path);
    if (!open)
        return errno == ENOENT ? MCY_OK : fail_io(err, "remove", path);
    mcy_status status = remove_open(open, path, err);
    closedir(open);
    MCY_TRY(status);
    return rmdir(path) == 0 ? MCY_OK : fail_io(err, "remove", path);
}

/* What a run that was killed left of a folder: NAME.aside-PID and NAME.aside-PID.old of a process
 * that is no more. The old one goes back where the kill came between its two renames. */
static void clean_leftover(const char *folder, const char *path, const char *left)
{
    const char *name = mcy_path_name(path);
    size_t n = strlen(name);
    if (strncmp(left, name, n) || strncmp(left + n, ".aside-", 7) ||
        !isdigit((unsigned char)left[n + 7]))
        return;
    char *end;
    long pid = strtol(left + n + 7, &end, 10);
    bool old = !strcmp(end, ".old");
    if ((*end && !old) || pid <= 0 || kill((pid_t)pid, 0) == 0 || errno != ESRCH)
        return;
    mcy_text whole = {0};
    mcy_text_print(&whole, "%s/%s", folder, left);
    const char *at = mcy_text_view(&whole);
    if (mcy_text_status(&whole, NULL) == MCY_OK && mcy_folder_exists(at) &&
        !(old && !mcy_folder_exists(path) && rename(at, path) == 0))
        mcy_folder_remove(at, NULL);
    mcy_text_release(&whole);
}

static void clean_leftovers(const char *path)
{
    const char *name = mcy_path_name(path);
    mcy_text folder = {0};
    mcy_text_append(&folder, path, (size_t)(name - path));
    mcy_text_add(&folder, name == path ? "." : "");
    DIR *open = opendir(mcy_text_view(&folder));
    for (struct dirent *entry; open && (entry = readdir(open));)
        clean_leftover(mcy_text_view(&folder), path, entry->d_name);
    if (open)
        closedir(open);
    mcy_text_release(&folder);
}

mcy_status mcy_folder_begin(mcy_arena *arena, const char *path, char **aside, mcy_error *err)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    *aside = mcy_arena_print(arena, "%.*s.aside-%ld", (int)n, path, (long)getpid());
    char *place = mcy_arena_copy(arena, path, n);
    if (!*aside || !place)
        return mcy_fail_memory(err);
    clean_leftovers(place);
    MCY_TRY(mcy_folder_remove(*aside, err));
    return mcy_folder_make(*aside, err);
}

static mcy_status commit_over(const char *aside, const char *path, const char *old,
                              mcy_error *err)
{
    bool replaced = mcy_folder_exists(path);
    MCY_TRY(mcy_folder_remove(old, err));
    if (replaced && rename(path, old) != 0)
        return fail_io(err, "replace folder", path);
    if (rename(aside, path) != 0) {
        mcy_status status = fail_io(err, "make folder", path);
        if (replaced)
            (void)rename(old, path);
        return status;
    }
    return replaced ? mcy_folder_remove(old, err) : MCY_OK;
}

mcy_status mcy_folder_commit(const char *aside, const char *path, mcy_error *err)
{
    mcy_text old = {0};
    mcy_text_print(&old, "%s.old", aside);
    mcy_status status = mcy_text_status(&old, err);
    if (status == MCY_OK)
        status = commit_over(aside, path, mcy_text_view(&old), err);
    mcy_text_release(&old);
    return status;
}
