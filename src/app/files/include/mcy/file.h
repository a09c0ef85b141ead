/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files in and out: read with a limit, write aside and rename in, folders the same way. */
#ifndef MCY_FILE_H
#define MCY_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/status.h"
#include "mcy/text.h"

/* The bytes of one file; bytes[size] is NUL, so text can be read as a string. Caller owns it. */
typedef struct mcy_file {
    char *bytes;
    size_t size;
} mcy_file;

/* The largest files read anywhere: facts (a gigabyte) and texts a person writes (16 MB). */
#define MCY_FILE_MOST_FACTS ((size_t)1 << 30)
#define MCY_FILE_MOST_TEXT  ((size_t)1 << 24)

/**
 * Read a whole regular file.
 *
 * Given:     path         shown in every message
 *            most_bytes   a larger file is refused before it is read
 * Returned:  *file        released by mcy_file_release; zero on failure
 * Fails:     MCY_E_IO     cannot be opened or read, is a folder, is too large
 *            MCY_E_MEMORY
 */
mcy_status mcy_file_read(const char *path, size_t most_bytes, mcy_file *file, mcy_error *err);

/** Free the bytes and leave it zero; a zero file is fine. */
void mcy_file_release(mcy_file *file);

/**
 * Replace a file at once: write PATH.aside-PID beside it, fsync, rename in, fsync the folder. A
 * reader sees the old bytes or the new ones, never half of them; on failure nothing is left.
 *
 * Fails:     MCY_E_IO     with the path and the system's reason
 */
mcy_status mcy_file_write(const char *path, const char *bytes, size_t size, mcy_error *err);

/** mcy_file_write of a growing text; fails with MCY_E_MEMORY when the text did. */
mcy_status mcy_file_write_text(const char *path, const mcy_text *text, mcy_error *err);

/** True when path is a regular file (mcy_file_exists) or a folder (mcy_folder_exists). */
bool mcy_file_exists(const char *path);
bool mcy_folder_exists(const char *path);

enum { MCY_PATH_MOST = 4096 };

/**
 * Find what was installed or built together with the program: relative to its folder, or to one
 * of the two above it.
 *
 * Given:     wanted   mcy_file_exists, mcy_folder_exists or the like
 * Returned:  true and the path; false when it is in none of them
 */
bool mcy_beside_program(const char *relative, bool (*wanted)(const char *path),
                        char path[MCY_PATH_MOST]);

/** "folder/name", or name alone when folder is "" or name begins with '/'; NULL: no memory. */
char *mcy_path_join(mcy_arena *arena, const char *folder, const char *name);

/** The part of a path after its last '/'. */
const char *mcy_path_name(const char *path);

/**
 * Names (without the folder) of the files in a folder that end in suffix, in byte order.
 *
 * Returned:  *names   *count strings in the arena; suffix "" takes every regular file
 * Fails:     MCY_E_IO, MCY_E_MEMORY
 */
mcy_status mcy_folder_list(mcy_arena *arena, const char *folder, const char *suffix,
                           const char *const **names, size_t *count, mcy_error *err);

/** Make a folder and the folders above it; one that exists is fine. */
mcy_status mcy_folder_make(const char *path, mcy_error *err);

/** Remove a folder and all in it; one that does not exist is fine. */
mcy_status mcy_folder_remove(const char *path, mcy_error *err);

/**
 * Begin a folder of results: makes an empty PATH.aside-PID beside its final place. What runs
 * that were killed left there is removed first; the folder itself is put back where a kill came
 * while it was being replaced.
 *
 * Returned:  *aside   its path in the arena: write there, then mcy_folder_commit or
 *                     mcy_folder_remove(*aside)
 * Fails:     MCY_E_IO, MCY_E_MEMORY
 */
mcy_status mcy_folder_begin(mcy_arena *arena, const char *path, char **aside, mcy_error *err);

/**
 * Rename the folder begun aside to its final place. What stood there before is moved out first
 * and removed after; when the rename fails the old folder is put back and aside is left.
 */
mcy_status mcy_folder_commit(const char *aside, const char *path, mcy_error *err);

#endif
