# SPDX-License-Identifier: GPL-3.0-or-later
# Each outside library as one imported target. GSL is linked to OpenBLAS instead of its own CBLAS.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(OPENBLAS REQUIRED IMPORTED_TARGET openblas)
pkg_check_modules(LAPACKE REQUIRED IMPORTED_TARGET lapacke)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PANGO REQUIRED IMPORTED_TARGET pangocairo cairo-pdf poppler-glib
    freetype2 gio-2.0)
pkg_check_modules(GSLPC REQUIRED gsl)

find_library(MCY_GSL_LIBRARY gsl REQUIRED)
find_library(MCY_CSV_LIBRARY csv REQUIRED)
find_path(MCY_CSV_INCLUDE csv.h REQUIRED)
find_library(MCY_CMOCKA_LIBRARY cmocka)

add_library(mcy_gsl INTERFACE)
target_link_libraries(mcy_gsl INTERFACE ${MCY_GSL_LIBRARY} PkgConfig::LAPACKE PkgConfig::OPENBLAS m)
add_library(mcy_csv INTERFACE)
target_include_directories(mcy_csv SYSTEM INTERFACE ${MCY_CSV_INCLUDE})
target_link_libraries(mcy_csv INTERFACE ${MCY_CSV_LIBRARY})
