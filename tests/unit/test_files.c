/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and folders at once, hashes, JSON, programs with a time limit. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/json.h"
#include "mcy/sha256.h"
#include "mcy/spawn.h"
#include "random.h"
#include "sha256_rounds.h"

static char folder[] = "/tmp/mcy-test-files-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    return mcy_folder_remove(folder, NULL) == MCY_OK ? 0 : -1;
}

static const char *in(const char *name)
{
    static char path[2][128];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void file__written__reads_back_and_leaves_nothing_aside(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_file file;
    check_ok(mcy_file_write(in("a.txt"), "first\0half", 10, &err), err);
    check_ok(mcy_file_write(in("a.txt"), "second", 6, &err), err);
    check_ok(mcy_file_read(in("a.txt"), 6, &file, &err), err);
    assert_string_equal(file.bytes, "second");
    assert_int_equal(file.size, 6);
    mcy_file_release(&file);
    mcy_arena *arena = mcy_arena_create();
    const char *const *names;
    size_t count;
    check_ok(mcy_folder_list(arena, folder, "", &names, &count, &err), err);
    assert_int_equal(count, 1);
    mcy_arena_destroy(arena);
}

static void file__cannot_be_read__says_which(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_file file;
    check_ok(mcy_file_write(in("b.txt"), "1234567", 7, &err), err);
    check_refused(mcy_file_read(in("b.txt"), 6, &file, &err), MCY_E_IO, err,
                  "has 7 bytes, more than the 6 allowed");
    check_refused(mcy_file_read(in("none.txt"), 6, &file, &err), MCY_E_IO, err, "none.txt");
    check_refused(mcy_file_read(folder, 6, &file, &err), MCY_E_IO, err, "not a regular file");
    check_refused(mcy_file_write(in("no/where.txt"), "x", 1, &err), MCY_E_IO, err, "where.txt");
    assert_null(file.bytes);
}

static void folder__committed__replaces_the_old_one_whole(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    for (int turn = 0; turn < 2; turn++) {
        char *aside;
        check_ok(mcy_folder_begin(arena, in("pack/"), &aside, &err), err);
        check_ok(mcy_folder_make(mcy_path_join(arena, aside, "x/y"), &err), err);
        const char *name = turn ? "x/y/two.txt" : "one.txt";
        check_ok(mcy_file_write(mcy_path_join(arena, aside, name), "1", 1, &err), err);
        check_ok(mcy_folder_commit(aside, in("pack"), &err), err);
        assert_false(mcy_folder_exists(aside));
    }
    assert_true(mcy_file_exists(in("pack/x/y/two.txt")));
    assert_false(mcy_file_exists(in("pack/one.txt")));
    mcy_arena_destroy(arena);
}

/* A process that has ended: its number is nobody's. */
static long dead_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    return (long)child;
}

static void put_into(mcy_arena *arena, const char *path, const char *name)
{
    mcy_error err = {0};
    check_ok(mcy_folder_make(path, &err), err);
    check_ok(mcy_file_write(mcy_path_join(arena, path, name), "1", 1, &err), err);
}

static void folder__begun_after_a_kill__cleans_and_puts_back(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    long dead = dead_process();
    const char *half = mcy_arena_print(arena, "%s.aside-%ld", in("note"), dead);
    const char *old = mcy_arena_print(arena, "%s.old", half);
    const char *living = mcy_arena_print(arena, "%s.aside-%ld", in("note"), (long)getppid());
    const char *other = mcy_arena_print(arena, "%s-2.aside-%ld", in("note"), dead);
    char *aside;
    put_into(arena, half, "half.txt"); /* killed between the two renames: no note, an old one */
    put_into(arena, old, "good.txt");
    put_into(arena, living, "x.txt");
    put_into(arena, other, "x.txt");
    check_ok(mcy_folder_begin(arena, in("note"), &aside, &err), err);
    assert_true(mcy_file_exists(in("note/good.txt")));
    assert_false(mcy_folder_exists(half));
    assert_false(mcy_folder_exists(old));
    assert_true(mcy_folder_exists(living)); /* somebody is writing there */
    assert_true(mcy_folder_exists(other));  /* of another folder */
    put_into(arena, old, "older.txt");      /* killed while the old one was removed */
    check_ok(mcy_folder_begin(arena, in("note"), &aside, &err), err);
    assert_true(mcy_file_exists(in("note/good.txt")));
    assert_false(mcy_folder_exists(old));
    mcy_arena_destroy(arena);
}

static void sha256__published_vectors__agree(void **state)
{
    (void)state;
    char hex[MCY_SHA256_HEX], again[MCY_SHA256_HEX];
    mcy_error err = {0};
    mcy_sha256_of("", 0, hex);
    assert_string_equal(hex,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    mcy_sha256_of("abc", 3, hex);
    assert_string_equal(hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    static const char *long_one = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    mcy_sha256_of(long_one, strlen(long_one), hex);
    assert_string_equal(hex,
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    memset(million, 'a', 1000000);
    mcy_sha256_of(million, 1000000, hex);
    assert_string_equal(hex,
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    check_ok(mcy_file_write(in("million"), million, 1000000, &err), err);
    check_ok(mcy_sha256_of_file(in("million"), again, &err), err);
    assert_string_equal(hex, again);
    check_refused(mcy_sha256_of_file(in("none"), again, &err), MCY_E_IO, err, "none");
    free(million);
}

/* The instructions of x86 and the plain rounds, on drawn bytes and from drawn states. */
static void sha256__on_either_rounds__is_the_same(void **state)
{
    (void)state;
    if (!mcy_sha256_x86_supported())
        skip();
    static unsigned char bytes[64 * 7];
    random_state seed = random_seed(31);
    for (int sample = 0; sample < 200; sample++) {
        uint32_t plain[8], x86[8];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)random_word(&seed);
        for (int i = 0; i < 8; i++)
            plain[i] = x86[i] = (uint32_t)random_word(&seed);
        mcy_sha256_rounds_plain(plain, bytes, 7);
        mcy_sha256_rounds_x86(x86, bytes, 7);
        assert_memory_equal(plain, x86, sizeof plain);
    }
}

static void json__nested__is_as_written(void **state)
{
    (void)state;
    mcy_text text = {0};
    mcy_json json;
    mcy_json_begin(&json, &text);
    mcy_json_object(&json);
    mcy_json_name(&json, "a\"b");
    mcy_json_array(&json);
    mcy_json_number(&json, 2.385);
    mcy_json_number(&json, (double)NAN);
    mcy_json_text(&json, "tab\tend");
    mcy_json_close_array(&json);
    mcy_json_name(&json, "none");
    mcy_json_array(&json);
    mcy_json_close_array(&json);
    mcy_json_name(&json, "yes");
    mcy_json_bool(&json, true);
    mcy_json_close_object(&json);
    assert_string_equal(
        mcy_text_view(&text),
        "{\n  \"a\\\"b\": [\n    2.385,\n    null,\n    \"tab\\u0009end\"\n  ],\n"
        "  \"none\": [],\n  \"yes\": true\n}\n");
    mcy_text_release(&text);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void spawn__large_input_echoed__comes_back_whole(void **state)
{
    (void)state;
    size_t n = 3000017;
    char *big = malloc(n);
    for (size_t i = 0; i < n; i++)
        big[i] = (char)('a' + (i * 2654435761u >> 7) % 26);
    mcy_text output = {0};
    mcy_error err = {0};
    check_ok(
        mcy_spawn((const char *const[]){"cat", NULL}, NULL, big, n, 20.0, &output, NULL, &err),
        err);
    assert_int_equal(output.size, n);
    assert_memory_equal(output.bytes, big, n);
    mcy_text_release(&output);
    free(big);
}

static void spawn__failures__are_sentences(void **state)
{
    (void)state;
    mcy_error err = {0};
    const char *const none[] = {"mcy-no-such-program", NULL};
    check_refused(mcy_spawn(none, NULL, NULL, 0, 5.0, NULL, NULL, &err), MCY_E_EXTERNAL, err,
                  "cannot start 'mcy-no-such-program'");
    const char *const bad[] = {"sh", "-c", "echo broken plot >&2; exit 3", NULL};
    check_refused(mcy_spawn(bad, NULL, NULL, 0, 5.0, NULL, NULL, &err), MCY_E_EXTERNAL, err,
                  "exit code 3: broken plot");
    const char *const killed[] = {"sh", "-c", "kill -9 $$", NULL};
    check_refused(mcy_spawn(killed, NULL, NULL, 0, 5.0, NULL, NULL, &err), MCY_E_EXTERNAL, err,
                  "signal 9");
    char *big = calloc(1, 1000000);
    const char *const deaf[] = {"sh", "-c", "exit 0", NULL};
    check_refused(mcy_spawn(deaf, NULL, big, 1000000, 5.0, NULL, NULL, &err), MCY_E_EXTERNAL,
                  err, "'sh'");
    free(big);
    double began = seconds();
    const char *const slow[] = {"sh", "-c", "sleep 30 & sleep 30", NULL};
    check_refused(mcy_spawn(slow, NULL, NULL, 0, 0.2, NULL, NULL, &err), MCY_E_EXTERNAL, err,
                  "in time");
    assert_true(seconds() - began < 5.0);
}

static void process__kept_alive__answers_twice(void **state)
{
    (void)state;
    mcy_process *p = NULL;
    mcy_process_end end;
    mcy_text output = {0}, errors = {0};
    mcy_error err = {0};
    const char *const shell[] = {"sh", NULL};
    check_ok(mcy_process_create(shell, folder, &p, &err), err);
    static const char one[] = "pwd; echo mark-1\n", two[] = "echo late >&2; echo mark-2 >&2\n";
    check_ok(
        mcy_process_exchange(p, one, sizeof one - 1, "mark-1\n", 5.0, &output, &errors, &err),
        err);
    assert_non_null(strstr(mcy_text_view(&output), folder));
    check_ok(
        mcy_process_exchange(p, two, sizeof two - 1, "mark-2\n", 5.0, &output, &errors, &err),
        err);
    check_refused(mcy_process_exchange(p, "exit 7\n", 7, "never", 5.0, &output, &errors, &err),
                  MCY_E_EXTERNAL, err, "ended before it answered: late");
    check_ok(mcy_process_finish(p, 5.0, NULL, NULL, &end, &err), err);
    assert_int_equal(end.exit_code, 7);
    mcy_process_destroy(p);
    mcy_text_release(&output);
    mcy_text_release(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file__written__reads_back_and_leaves_nothing_aside),
        cmocka_unit_test(file__cannot_be_read__says_which),
        cmocka_unit_test(folder__committed__replaces_the_old_one_whole),
        cmocka_unit_test(folder__begun_after_a_kill__cleans_and_puts_back),
        cmocka_unit_test(sha256__published_vectors__agree),
        cmocka_unit_test(sha256__on_either_rounds__is_the_same),
        cmocka_unit_test(json__nested__is_as_written),
        cmocka_unit_test(spawn__large_input_echoed__comes_back_whole),
        cmocka_unit_test(spawn__failures__are_sentences),
        cmocka_unit_test(process__kept_alive__answers_twice),
    };
    return cmocka_run_group_tests_name("files", tests, make_folder, drop_folder);
}
