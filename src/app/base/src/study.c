/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario made ready to run: files, facts, base quarter, scenario and edits put together. */
#include "mcy/study.h"

#include <stdio.h>
#include <string.h>

#include "mcy/facts.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/sha256.h"

enum { MOST_FILES = 256 };

/* What is being put together. */
typedef struct opening {
    mcy_arena *arena;
    const mcy_study_request *request;
    mcy_study *study;
    mcy_study_file files[MOST_FILES];
    size_t file_count;
    mcy_facts *facts;
} opening;

static mcy_status note_file(opening *o, const char *path, const void *bytes, size_t size,
                            mcy_error *err)
{
    if (o->file_count == MOST_FILES)
        return MCY_FAIL(err, MCY_E_INPUT, "more than %d input files", MOST_FILES);
    mcy_study_file *file = &o->files[o->file_count];
    file->path = mcy_arena_copy(o->arena, path, strlen(path));
    if (!file->path)
        return mcy_fail_memory(err);
    if (bytes)
        mcy_sha256_of(bytes, size, file->hash);
    else
        MCY_TRY(mcy_sha256_of_file(path, file->hash, err));
    o->file_count++;
    return MCY_OK;
}

/* ---- model files --------------------------------------------------------------------------- */

static mcy_status read_source(opening *o, const char *folder, const char *name,
                              mcy_source *source, mcy_error *err)
{
    mcy_file file = {0};
    char *path = mcy_path_join(o->arena, folder, name);
    if (!path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    char *text = mcy_arena_copy(o->arena, file.bytes, file.size);
    mcy_status status =
        text ? note_file(o, path, file.bytes, file.size, err) : mcy_fail_memory(err);
    *source = (mcy_source){mcy_arena_copy(o->arena, name, strlen(name)), text, file.size};
    mcy_file_release(&file);
    return status != MCY_OK || source->name ? status : mcy_fail_memory(err);
}

static bool has_source(const mcy_source *sources, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sources[i].name, name) == 0)
            return true;
    return false;
}

/* The first file and all that is included from it, found beside it. */
static mcy_status read_model(opening *o, mcy_error *err)
{
    enum { MOST = 64 };
    mcy_source sources[MOST];
    size_t count = 1;
    const char *first = o->request->model
                            ? o->request->model
                            : mcy_path_join(o->arena, o->request->home, "model/memory.eqn");
    if (!first)
        return mcy_fail_memory(err);
    const char *name = mcy_path_name(first);
    char *folder = mcy_arena_copy(o->arena, first, (size_t)(name - first));
    if (!folder)
        return mcy_fail_memory(err);
    if (name > first + 1)
        folder[name - first - 1] = '\0';
    MCY_TRY(read_source(o, folder, name, &sources[0], err));
    for (size_t i = 0; i < count; i++) {
        size_t included;
        const char *const *names;
        MCY_TRY(mcy_source_includes(o->arena, &sources[i], &included, &names, err));
        for (size_t k = 0; k < included; k++) {
            if (has_source(sources, count, names[k]))
                continue;
            if (count == MOST)
                return MCY_FAIL(err, MCY_E_INPUT, "more than %d model files", MOST);
            mcy_status status = read_source(o, folder, names[k], &sources[count], err);
            if (status != MCY_OK)
                return mcy_fail_in(err, status, "%s", sources[i].name);
            count++;
        }
    }
    mcy_report report;
    return mcy_model_read(o->arena, count, sources, &o->study->model, &report, err);
}

/* ---- facts --------------------------------------------------------------------------------- */

/* Firms of the model that the facts know by the ranking only. */
static mcy_status firms_beyond(mcy_arena *arena, const mcy_model *model,
                               const char *const **more, size_t *count, mcy_error *err)
{
    static const char *const known[] = {"micron", "samsung", "skhynix", "rest"};
    size_t number = mcy_model_find_dimension(model, "firm");
    *count = 0;
    *more = NULL;
    if (number == MCY_NONE)
        return MCY_OK;
    const mcy_dimension *firm = mcy_model_dimension(model, number);
    const char **names = MCY_TAKE(arena, const char *, firm->element_count);
    if (names == NULL)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < firm->element_count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            is_known = is_known || strcmp(firm->elements[i], known[k]) == 0;
        if (!is_known)
            names[(*count)++] = firm->elements[i];
    }
    *more = names;
    return MCY_OK;
}

static mcy_status read_facts(opening *o, mcy_error *err)
{
    char *folder = mcy_path_join(o->arena, o->request->home, "scenarios/history");
    mcy_day day = 0;
    if (!folder)
        return mcy_fail_memory(err);
    if (o->study->as_of)
        MCY_TRY(mcy_day_parse(o->study->as_of, strlen(o->study->as_of), &day, err));
    mcy_text report;
    mcy_text_init(&report);
    mcy_status status = mcy_facts_read(o->arena, folder, day, &report, &o->facts, err);
    mcy_text_release(&report);
    MCY_TRY(status);
    mcy_base *base = NULL;
    const char *const *more;
    size_t more_count;
    MCY_TRY(firms_beyond(o->arena, o->study->model, &more, &more_count, err));
    MCY_TRY(mcy_base_read(o->arena, o->facts, o->study->base_quarter, more, more_count, &base,
                          err));
    o->study->base = base;
    o->study->base_quarter = base->quarter;
    for (size_t i = 0; i < o->facts->file_count; i++) {
        char *path = mcy_path_join(o->arena, folder, o->facts->files[i]);
        if (!path)
            return mcy_fail_memory(err);
        MCY_TRY(note_file(o, path, NULL, 0, err));
    }
    return MCY_OK;
}

static bool has_calendar(const mcy_calendars *calendars, const char *name)
{
    for (size_t i = 0; i < calendars->count; i++)
        if (strcmp(calendars->names[i], name) == 0)
            return true;
    return false;
}

/* The fiscal years that the scenario says, and those of elements that are companies of the facts. */
static mcy_status read_calendars(opening *o, mcy_calendars **calendars, mcy_error *err)
{
    const mcy_calendars *said = &o->study->scenario->calendars;
    size_t dimensions = mcy_model_dimension_count(o->study->model), most = said->count;
    for (size_t d = 0; d < dimensions; d++)
        most += mcy_model_dimension(o->study->model, d)->element_count;
    mcy_calendars *made = MCY_TAKE(o->arena, mcy_calendars, 1);
    const char **names = MCY_TAKE(o->arena, const char *, most);
    int *ends = MCY_TAKE(o->arena, int, most);
    if (!made || !names || !ends)
        return mcy_fail_memory(err);
    *made = (mcy_calendars){said->count, names, ends};
    for (size_t i = 0; i < said->count; i++) {
        names[i] = said->names[i];
        ends[i] = said->year_ends[i];
    }
    for (size_t d = 0; o->facts && d < dimensions; d++) {
        const mcy_dimension *dimension = mcy_model_dimension(o->study->model, d);
        for (size_t e = 0; e < dimension->element_count; e++) {
            const char *name = dimension->elements[e];
            int month = mcy_facts_year_ends(o->facts, name);
            if (month == MCY_CALENDAR_YEAR || has_calendar(made, name))
                continue;
            names[made->count] = name;
            ends[made->count++] = month;
        }
    }
    *calendars = made;
    return MCY_OK;
}

/* Set one value in one quarter, or in all the quarters a scalar of a path stands for. */
static void lay(mcy_inputs *inputs, size_t symbol, size_t element, int quarter, double value,
                const mcy_origin *origin)
{
    const mcy_symbol *what = mcy_model_symbol(mcy_unrolled_model(inputs->unrolled), symbol);
    int first = quarter, last = quarter;
    if (!what->path)
        first = last = 0;
    else if (quarter == MCY_BASE_SCALAR)
        first = what->first, last = mcy_unrolled_last(inputs->unrolled);
    for (int t = first; t <= last; t++) {
        size_t input = mcy_unrolled_input(inputs->unrolled, symbol, element, t);
        if (input == MCY_NONE)
            continue;
        inputs->values[input] = value;
        inputs->origins[input] = origin;
    }
}

/* Values that the facts give, laid on the inputs; what this model does not ask for is left. */
static mcy_status fill_base(opening *o, mcy_error *err)
{
    const mcy_base *base = o->study->base;
    mcy_inputs *inputs = o->study->inputs;
    size_t symbol, element;
    for (size_t i = 0; base && i < base->value_count; i++) {
        const mcy_base_value *value = &base->values[i];
        if (mcy_model_find(o->study->model, value->path, &symbol, &element, NULL) != MCY_OK)
            continue;
        mcy_origin *origin = MCY_TAKE(o->arena, mcy_origin, 1);
        if (!origin)
            return mcy_fail_memory(err);
        *origin = (mcy_origin){
            .kind = MCY_ORIGIN_FACT, .where = value->source, .judged = value->judged};
        lay(inputs, symbol, element, value->quarter, value->value, origin);
    }
    return MCY_OK;
}

/* ---- together ------------------------------------------------------------------------------ */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Take model, facts and layout from a study of the same base quarter, day and horizon. */
static bool take_from(opening *o, const mcy_study *like, size_t horizon)
{
    mcy_study *study = o->study;
    if (!like || !same_text(study->as_of, like->as_of) ||
        (study->base_quarter && study->base_quarter != like->base_quarter) ||
        horizon != (size_t)mcy_unrolled_last(like->unrolled) ||
        (like->base == NULL) != o->request->without_facts)
        return false;
    study->model = like->model;
    study->base = like->base;
    study->base_quarter = like->base_quarter;
    study->unrolled = like->unrolled;
    return true;
}

static mcy_status lay_out(opening *o, const mcy_study *like, mcy_error *err)
{
    mcy_study *study = o->study;
    size_t horizon = o->request->horizon ? o->request->horizon : study->scenario->horizon;
    mcy_calendars *calendars = NULL;
    if (!horizon)
        horizon = MCY_HORIZON_DEFAULT;
    if (take_from(o, like, horizon)) {
        MCY_TRY(mcy_inputs_create(o->arena, study->unrolled, like->inputs->calendars,
                                  &study->inputs, err));
        for (size_t i = 0; i < like->file_count && o->file_count < MOST_FILES; i++)
            if (!strstr(like->files[i].path, ".yaml"))
                o->files[o->file_count++] = like->files[i];
        return MCY_OK;
    }
    MCY_TRY(read_model(o, err));
    if (!o->request->without_facts)
        MCY_TRY(read_facts(o, err));
    if (!study->base_quarter)
        return MCY_FAIL(err, MCY_E_INPUT, "scenario '%s' does not say its base quarter",
                        study->scenario->name);
    MCY_TRY(read_calendars(o, &calendars, err));
    mcy_unroll_options options = {.last = (int)horizon, .base = study->base_quarter};
    MCY_TRY(mcy_unroll(o->arena, study->model, &options, &study->unrolled, err));
    return mcy_inputs_create(o->arena, study->unrolled, calendars, &study->inputs, err);
}

static mcy_status note_scenarios(opening *o, mcy_error *err)
{
    for (const mcy_scenario *s = o->study->scenario; s; s = s->inherits) {
        if (o->file_count == MOST_FILES)
            return MCY_FAIL(err, MCY_E_INPUT, "more than %d input files", MOST_FILES);
        o->files[o->file_count].path = s->file;
        memcpy(o->files[o->file_count].hash, s->hash, sizeof s->hash);
        o->file_count++;
    }
    return MCY_OK;
}

mcy_status mcy_study_open(mcy_arena *arena, const mcy_study_request *request,
                          const mcy_study *like, mcy_study **study, mcy_error *err)
{
    opening *o = MCY_TAKE(arena, opening, 1);
    mcy_study *made = MCY_TAKE(arena, mcy_study, 1);
    char *folder = mcy_path_join(arena, request->home, "scenarios");
    if (!o || !made || !folder)
        return mcy_fail_memory(err);
    *o = (opening){.arena = arena, .request = request, .study = made};
    MCY_TRY(mcy_scenario_read(arena, folder, request->scenario ? request->scenario : "base",
                              &made->scenario, err));
    made->name = made->scenario->name;
    made->base_quarter = request->base ? request->base : made->scenario->base;
    made->as_of = request->as_of ? request->as_of : made->scenario->as_of;
    MCY_TRY(note_scenarios(o, err));
    MCY_TRY(lay_out(o, like, err));
    MCY_TRY(fill_base(o, err));
    MCY_TRY(mcy_scenario_apply(arena, made->scenario, made->inputs, err));
    for (size_t i = 0; i < request->set_count; i++)
        MCY_TRY(mcy_inputs_set(arena, made->inputs, request->sets[i], err));
    mcy_status status = mcy_unrolled_check_inputs(made->unrolled, made->inputs->values, err);
    if (status != MCY_OK)
        return mcy_fail_in(err, status, "scenario '%s'", made->name);
    mcy_study_file *files = MCY_TAKE(arena, mcy_study_file, o->file_count);
    if (!files)
        return mcy_fail_memory(err);
    memcpy(files, o->files, o->file_count * sizeof *files);
    made->files = files;
    made->file_count = o->file_count;
    *study = made;
    return MCY_OK;
}
