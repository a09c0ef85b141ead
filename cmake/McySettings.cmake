# SPDX-License-Identifier: GPL-3.0-or-later
# Language, warnings and sanitizers travel as one interface target; CMAKE_C_FLAGS is never touched.
option(MCY_TESTS "build the tests" ON)
option(MCY_WERROR "warnings are errors" OFF)
option(MCY_FUZZ "build the libFuzzer targets (clang)" OFF)
option(MCY_COVERAGE "instrument for coverage" OFF)
set(MCY_SANITIZE "" CACHE STRING "sanitizers, for instance address,undefined or thread")

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(mcy_settings INTERFACE)
target_compile_features(mcy_settings INTERFACE c_std_17)
# The same bits from gcc and clang: no contraction (clang contracts by default), no fast-math
# (it deletes tests for missing values), but loops may vectorise (no errno, no traps).
target_compile_options(mcy_settings INTERFACE
    -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/= # the places in assertions are the tree's, no machine's
    -UNDEBUG -ffp-contract=off -fno-math-errno -fno-trapping-math -fvisibility=hidden
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wdouble-promotion -Wstrict-prototypes
    -Wmissing-prototypes -Wundef -Wvla -Wformat=2 -Wwrite-strings -Wcast-qual
    # gcc speaks for these; clang's also flag NAN and INFINITY (floats in the C library), enums as
    # integers, and formats handed on by functions that are checked themselves
    $<$<C_COMPILER_ID:Clang>:-Wno-double-promotion;-Wno-sign-conversion;-Wno-format-nonliteral>
    $<$<BOOL:${MCY_WERROR}>:-Werror>
    $<$<BOOL:${MCY_COVERAGE}>:--coverage>)
target_link_options(mcy_settings INTERFACE $<$<BOOL:${MCY_COVERAGE}>:--coverage>)
if(MCY_SANITIZE)
    target_compile_options(mcy_settings INTERFACE -fsanitize=${MCY_SANITIZE}
                           -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(mcy_settings INTERFACE -fsanitize=${MCY_SANITIZE})
endif()
if(MCY_FUZZ)
    target_compile_options(mcy_settings INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
    target_link_options(mcy_settings INTERFACE -fsanitize=address,undefined)
endif()
