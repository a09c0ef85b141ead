/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies beside the program. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mcy/file.h"

bool mcy_beside_program(const char *relative, bool (*wanted)(const char *path),
                        char path[MCY_PATH_MOST])
{
    enum { LEVELS_UP = 3 };
    char folder[MCY_PATH_MOST / 2];
    ssize_t size = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[size < 0 ? 0 : size] = '\0';
    for (int level = 0; level < LEVELS_UP; level++) {
        char *slash = strrchr(folder, '/');
        if (!slash)
            return false;
        *slash = '\0';
        if (snprintf(path, MCY_PATH_MOST, "%s/%s", folder, relative) < MCY_PATH_MOST &&
            wanted(path))
            return true;
    }
    return false;
}
