/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole packs: every kind of figure, the same bytes twice, one figure redrawn. */
#define _POSIX_C_SOURCE 200809L
#include "pack_fixture.h"

#include "mcy/script.h"

static void draw__of_every_kind__is_whole_and_the_same_twice(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.chart_count = GALLERY;
    f->pack.pdf = true;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    f->pack.processes = 2;
    const char *again = mcy_path_join(f->arena, f->home, "again");
    check_ok(mcy_pack_draw(&f->pack, again, NULL, &err), err);
    const char *const *names;
    size_t count;
    check_ok(mcy_folder_list(f->arena, f->folder, "", &names, &count, &err), err);
    assert_int_equal(count, GALLERY * 5 + 2 + 2);
    for (size_t i = 0; i < count; i++) {
        mcy_file one, two;
        bytes_of(f, f->folder, names[i], &one);
        bytes_of(f, again, names[i], &two);
        if (one.size != two.size || memcmp(one.bytes, two.bytes, one.size))
            fail_msg("%s differs between one and two processes", names[i]);
        mcy_file_release(&one);
        mcy_file_release(&two);
    }
    assert_int_equal(mcy_folder_list(f->arena, f->home, "", &names, &count, &err), MCY_OK);
    assert_int_equal(count, 0); /* nothing aside is left */
}

static void draw__as_png__is_whole(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.png = true;
    f->pack.svg = false;
    f->pack.chart_count = 1;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file png;
    bytes_of(f, f->folder, "01-columns.zh.png", &png);
    check_ok(mcy_png_check("x", png.bytes, png.size, &err), err);
    check_refused(mcy_png_check("x", png.bytes, png.size - 9, &err), MCY_E_EXTERNAL, err,
                  "cut off");
    mcy_file_release(&png);
}

static size_t times(const mcy_file *file, const char *words)
{
    size_t count = 0;
    for (const char *at = file->bytes; at + strlen(words) < file->bytes + file->size; at++)
        count += !memcmp(at, words, strlen(words));
    return count;
}

/* Each language has its own style: words, and what red means. */
static void draw__in_two_styles__keeps_the_numbers(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    mcy_theme en;
    check_ok(mcy_theme_read(f->arena, MCY_SOURCE_DIR "/plots", "en-broker", NULL, &en, &err),
             err);
    f->pack.themes[MCY_EN] = &en;
    f->charts[0] = f->gallery[MCY_CHART_WATERFALL].chart;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file zh_script, en_script, svg;
    bytes_of(f, f->folder, "01-waterfall.zh.gp", &zh_script);
    bytes_of(f, f->folder, "01-waterfall.en.gp", &en_script);
    bytes_of(f, f->folder, "01-waterfall.en.svg", &svg);
    assert_non_null(strstr(svg.bytes, "Exhibit 1: Revenue bridge"));
    assert_int_equal(times(&zh_script, "0xB4161F"), 4); /* four steps up: red */
    assert_int_equal(times(&en_script, "0x1D7A48"), 4); /* and green */
    assert_int_equal(times(&en_script, "0xB4161F"), 0);
    mcy_file_release(&zh_script);
    mcy_file_release(&en_script);
    mcy_file_release(&svg);
}

/* Half-width figures are pages, SVG and PNG of 8 x 6.4 cm between those of 16 x 9.6. */
static void draw__of_half_width__has_its_own_page(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.chart_count = 3;
    f->charts[1].half = true;
    f->pack.pdf = f->pack.png = true;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file pdf, svg, png;
    bytes_of(f, f->folder, "gallery.zh.pdf", &pdf);
    bytes_of(f, f->folder, "02-lines.zh.svg", &svg);
    bytes_of(f, f->folder, "02-lines.zh.png", &png);
    assert_int_equal(times(&pdf, "/MediaBox [ 0 0 226 181 ]"), 1);
    assert_int_equal(times(&pdf, "/MediaBox [ 0 0 453 272 ]"), 2);
    assert_non_null(strstr(svg.bytes, "width=\"400\" height=\"320\""));
    const unsigned char *head = (const unsigned char *)png.bytes + 16;
    assert_int_equal(head[2] << 8 | head[3], 800);
    assert_int_equal(head[6] << 8 | head[7], 640);
    check_refused(mcy_pdf_finish("x.pdf", pdf.bytes, pdf.size, "2026-03-20",
                                 (bool[]){false, true, false}, 3, &err),
                  MCY_E_EXTERNAL, err, "page 2 is not of 453 x 272");
    mcy_file_release(&pdf);
    mcy_file_release(&svg);
    mcy_file_release(&png);
}

static void svg__of_a_figure__says_what_it_shows(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file svg;
    bytes_of(f, f->folder, "01-columns.zh.svg", &svg);
    assert_non_null(strstr(svg.bytes, "<title>美光季度收入及增速（亿美元） (gallery/columns)"));
    assert_non_null(strstr(svg.bytes, "<desc>美光季度收入及增速（亿美元）。收入：FQ1-22"));
    assert_non_null(strstr(svg.bytes, "font-weight=\"bold\""));
    assert_null(strstr(svg.bytes, ":Bold"));
    assert_non_null(strstr(svg.bytes, "gallery/columns</text>"));
    mcy_file_release(&svg);
}

static void only__one_figure__is_redrawn_in_the_pack(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.only = "lines";
    check_refused(mcy_pack_draw(&f->pack, f->folder, NULL, &err), MCY_E_MISSING, err, "yet");
    f->pack.only = NULL;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    f->pack.only = "lines";
    f->charts[1].title.en = "Another title";
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file svg;
    bytes_of(f, f->folder, "02-lines.en.svg", &svg);
    assert_non_null(strstr(svg.bytes, "Another title"));
    mcy_file_release(&svg);
    assert_true(in_pack(f, "01-columns.en.svg") && in_pack(f, "index.md"));
}

/* The scripts stand alone: plain gnuplot draws the same bytes as the pack before finishing. */
static void script__by_plain_gnuplot__draws_again(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_gnuplot *gnuplot;
    check_ok(mcy_gnuplot_create(f->folder, NULL, &gnuplot, &err), err);
    check_ok(mcy_gnuplot_run(gnuplot, "02-lines.zh.gp", "svg", "02-lines.zh", &err), err);
    mcy_file one, two;
    bytes_of(f, f->folder, "02-lines.zh.svg", &one);
    check_ok(mcy_gnuplot_run(gnuplot, "02-lines.zh.gp", "svg", "02-lines.zh", &err), err);
    bytes_of(f, f->folder, "02-lines.zh.svg", &two);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.bytes, two.bytes, one.size);
    mcy_file_release(&one);
    mcy_file_release(&two);
    check_refused(mcy_gnuplot_run(gnuplot, "missing.gp", "svg", "missing", &err),
                  MCY_E_EXTERNAL, err, "missing.gp");
    check_ok(mcy_gnuplot_run(gnuplot, "02-lines.zh.gp", "svg", "02-lines.zh", &err), err);
    mcy_gnuplot_destroy(gnuplot);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(draw__of_every_kind__is_whole_and_the_same_twice),
        T(draw__as_png__is_whole),
        T(draw__in_two_styles__keeps_the_numbers),
        T(draw__of_half_width__has_its_own_page),
        T(svg__of_a_figure__says_what_it_shows),
        T(only__one_figure__is_redrawn_in_the_pack),
        T(script__by_plain_gnuplot__draws_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
