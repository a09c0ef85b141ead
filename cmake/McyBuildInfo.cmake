# SPDX-License-Identifier: GPL-3.0-or-later
# Run at each build: writes build_info.h, and only when the commit changed, so that nothing else
# is compiled again.
execute_process(COMMAND git -C ${PROJECT_SOURCE_DIR} describe --always --dirty --abbrev=10
    OUTPUT_VARIABLE MCY_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT MCY_COMMIT)
    set(MCY_COMMIT "unknown")
endif()
configure_file(${PROJECT_SOURCE_DIR}/src/app/cli/src/build_info.h.in ${MCY_BUILD_INFO} @ONLY)
