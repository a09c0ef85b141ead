/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files in, whole files out at once. */
#define _POSIX_C_SOURCE 200809L
#include "mcy/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static mcy_status fail_io(mcy_error *err, const char *what, const char *path)
{
    return MCY_FAIL(err, MCY_E_IO, "cannot %s '%s': %s", what, path, strerror(errno));
}

static mcy_status read_all(int fd, const char *path, mcy_file *file, mcy_error *err)
{
    size_t done = 0;
    while (done < file->size) {
        ssize_t n = read(fd, file->bytes + done, file->size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_io(err, "read", path);
        if (n == 0)
            break;
        done += (size_t)n;
    }
    file->size = done;
    file->bytes[done] = '\0';
    return MCY_OK;
}

static mcy_status read_open(int fd, const char *path, size_t most_bytes, mcy_file *file,
                            mcy_error *err)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return fail_io(err, "read", path);
    if (!S_ISREG(about.st_mode))
        return MCY_FAIL(err, MCY_E_IO, "cannot read '%s': it is not a regular file", path);
    if ((unsigned long long)about.st_size > most_bytes)
        return MCY_FAIL(err, MCY_E_IO, "'%s' has %lld bytes, more than the %zu allowed", path,
                        (long long)about.st_size, most_bytes);
    file->size = (size_t)about.st_size;
    file->bytes = malloc(file->size + 1);
    if (!file->bytes)
        return mcy_fail_memory(err);
    return read_all(fd, path, file, err);
}

mcy_status mcy_file_read(const char *path, size_t most_bytes, mcy_file *file, mcy_error *err)
{
    *file = (mcy_file){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_io(err, "open", path);
    mcy_status status = read_open(fd, path, most_bytes, file, err);
    close(fd);
    if (status != MCY_OK)
        mcy_file_release(file);
    return status;
}

void mcy_file_release(mcy_file *file)
{
    free(file->bytes);
    *file = (mcy_file){0};
}

static mcy_status write_all(int fd, const char *path, const char *bytes, size_t size,
                            mcy_error *err)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = write(fd, bytes + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_io(err, "write", path);
        done += (size_t)n;
    }
    return fsync(fd) == 0 ? MCY_OK : fail_io(err, "write", path);
}

/* The new name is on disk only once its folder is; some file systems cannot, and need not. */
static void folder_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : NULL;
    int fd = open(folder ? folder : ".", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

static mcy_status write_aside(const char *aside, const char *path, const char *bytes,
                              size_t size, mcy_error *err)
{
    int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_io(err, "write", path);
    mcy_status status = write_all(fd, path, bytes, size, err);
    if (close(fd) != 0 && status == MCY_OK)
        status = fail_io(err, "write", path);
    if (status == MCY_OK && rename(aside, path) != 0)
        status = fail_io(err, "write", path);
    if (status != MCY_OK)
        (void)unlink(aside);
    return status;
}

mcy_status mcy_file_write(const char *path, const char *bytes, size_t size, mcy_error *err)
{
    mcy_text aside = {0};
    mcy_text_print(&aside, "%s.aside-%ld", path, (long)getpid());
    mcy_status status = mcy_text_status(&aside, err);
    if (status == MCY_OK)
        status = write_aside(mcy_text_view(&aside), path, bytes, size, err);
    mcy_text_release(&aside);
    if (status == MCY_OK)
        folder_sync(path);
    return status;
}

mcy_status mcy_file_write_text(const char *path, const mcy_text *text, mcy_error *err)
{
    MCY_TRY(mcy_text_status(text, err));
    return mcy_file_write(path, mcy_text_view(text), text->size, err);
}

bool mcy_file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}
