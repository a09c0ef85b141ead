# SPDX-License-Identifier: GPL-3.0-or-later
# mcy_add_floor(NAME SOURCES a.c b.c [USES lower floors] [PRIVATE outside libraries])
#
# One static library a floor. Its public headers are visible to the floors that name it in USES and
# to no other, so an upward include does not compile. Sources are listed, never globbed.
function(mcy_add_floor name)
    cmake_parse_arguments(FLOOR "" "" "SOURCES;USES;PRIVATE" ${ARGN})
    add_library(mcy_${name} STATIC ${FLOOR_SOURCES})
    # the typesetter's module holds the lower floors too
    set_target_properties(mcy_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_include_directories(mcy_${name} PUBLIC include PRIVATE src)
    target_link_libraries(mcy_${name} PRIVATE mcy_settings ${FLOOR_PRIVATE})
    foreach(lower IN LISTS FLOOR_USES)
        target_link_libraries(mcy_${name} PUBLIC mcy_${lower})
    endforeach()
endfunction()
