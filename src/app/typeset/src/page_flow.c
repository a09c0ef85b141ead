/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes to pages: what must stay together goes to the next page together. */
#include "page.h"

typedef struct page_cursor {
    size_t page;
    double y;
    bool fresh; /* nothing is on the page yet */
} page_cursor;

static mcy_status place(typesetting *t, page_cursor *cursor, size_t box, mcy_error *err)
{
    MCY_TRY(mcy_arena_grow(t->arena, (void **)&t->places, t->place_count, &t->place_room,
                           sizeof *t->places, err));
    cursor->y += cursor->fresh ? 0 : t->boxes[box].before;
    t->places[t->place_count++] = (page_place){box, cursor->page, cursor->y};
    cursor->y += t->boxes[box].height;
    cursor->fresh = false;
    return MCY_OK;
}

/* A row that begins a page has the headings of its table above it. */
static mcy_status new_page(typesetting *t, page_cursor *cursor, size_t box, mcy_error *err)
{
    *cursor = (page_cursor){cursor->page + 1, PAGE_TOP, true};
    if (t->boxes[box].kind == PAGE_ROW && t->boxes[box].row.row)
        return place(t, cursor, t->boxes[box].row.head, err);
    return MCY_OK;
}

static double height_of(const typesetting *t, const page_cursor *cursor, size_t first,
                        size_t end)
{
    double all = 0;
    for (size_t i = first; i < end; i++)
        all += t->boxes[i].height + (i == first && cursor->fresh ? 0 : t->boxes[i].before);
    return all;
}

/* A picture that almost fits is made a little smaller instead of leaving a hole. */
static void squeeze(typesetting *t, size_t first, size_t end, double over)
{
    page_box *box = &t->boxes[end - 1];
    for (size_t i = first; i + 1 < end; i++)
        if (t->boxes[i].kind == PAGE_PICTURES)
            return;
    if (box->kind == PAGE_PICTURES && box->height - over >= box->pictures.least)
        box->height -= over;
}

/* Where what begins at first ends, its group of a table whole: first..end is kept together. */
static size_t end_of_group(const typesetting *t, size_t first, size_t end)
{
    const page_box *last = &t->boxes[end - 1];
    if (last->kind != PAGE_ROW || last->row.head < first)
        return end;
    while (end < t->box_count &&
           (t->boxes[end - 1].keep ||
            (t->boxes[end].kind == PAGE_ROW && t->boxes[end].row.head == last->row.head)))
        end++;
    return end;
}

/* A group of columns that would be broken low on a page, and fits the next, begins there. */
static bool waits(const typesetting *t, const page_cursor *cursor, size_t first, size_t end)
{
    const double page = PAGE_BOTTOM - PAGE_TOP, room = PAGE_BOTTOM - cursor->y;
    const double all = height_of(t, cursor, first, end_of_group(t, first, end));
    return !cursor->fresh && room < 0.25 * page && all > room + 0.01 && all <= page;
}

/* What no page can hold would be cut off. */
static mcy_status check_heights(const typesetting *t, mcy_error *err)
{
    for (size_t i = 0; i < t->box_count; i++) {
        const page_box *box = &t->boxes[i];
        double head =
            box->kind == PAGE_ROW && box->row.row ? t->boxes[box->row.head].height : 0;
        if (box->height + head > PAGE_BOTTOM - PAGE_TOP)
            return MCY_FAIL(err, MCY_E_INPUT, "%s is %.0f points high, a page holds %.0f",
                            box->kind == PAGE_ROW ? "a row of a table" : "a picture",
                            box->height + head, PAGE_BOTTOM - PAGE_TOP);
    }
    return MCY_OK;
}

mcy_status page_flow(typesetting *t, mcy_error *err)
{
    MCY_TRY(check_heights(t, err));
    page_cursor cursor = {0, PAGE_TOP - 14, true};
    for (size_t i = 0; i < t->box_count;) {
        size_t end = i + 1;
        while (end < t->box_count && t->boxes[end - 1].keep)
            end++;
        if (t->boxes[i].kind == PAGE_BREAK) {
            MCY_TRY(new_page(t, &cursor, i++, err));
            continue;
        }
        double over = cursor.y + height_of(t, &cursor, i, end) - PAGE_BOTTOM;
        if (over > 0)
            squeeze(t, i, end, over);
        if (!cursor.fresh && (cursor.y + height_of(t, &cursor, i, end) > PAGE_BOTTOM + 0.01 ||
                              waits(t, &cursor, i, end)))
            MCY_TRY(new_page(t, &cursor, i, err));
        for (; i < end; i++) { /* higher than a page: broken where the page ends */
            if (!cursor.fresh &&
                cursor.y + height_of(t, &cursor, i, i + 1) > PAGE_BOTTOM + 0.01)
                MCY_TRY(new_page(t, &cursor, i, err));
            MCY_TRY(place(t, &cursor, i, err));
        }
    }
    t->pages = cursor.page + 1;
    for (size_t e = 0; e < t->entry_count; e++)
        for (size_t p = t->place_count; p-- > 0;)
            if (t->places[p].box == t->entries[e].box)
                t->entries[e].page = t->places[p].page; /* the first of them stays */
    return MCY_OK;
}
