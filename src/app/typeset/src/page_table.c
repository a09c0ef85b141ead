/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: how wide each column must and would be, at which size, in how many groups of columns.
 */
#include <math.h>
#include <string.h>

#include "page.h"

static const double sizes[] = {8, 7.5, 7, 6.5};

enum { SIZES = sizeof sizes / sizeof *sizes };

/* Blank at each side of a column. */
static double side(double size)
{
    return 0.36 * size;
}

/* Blanks of a column: words after numbers stand further off. */
static double blanks(const page_table *table, size_t column, double size)
{
    const bool *left = table->words.left;
    return 2 * side(size) + (column && left[column] && !left[column - 1] ? size : 0);
}

static double narrowest(PangoLayout *layout)
{
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 0);
    double width = page_layout_width(layout);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, -1);
    return width;
}

static void widen(double *to, double value)
{
    *to = fmax(*to, value);
}

/* What a cell wants of its column at the first size: numbers are never broken, headings to two
 * or three lines (at least three ems), words to four ems (labels to six) and, to read well,
 * to fourteen (twenty); no single word makes a column wider than twelve. */
static void ask_cell(page_table *table, size_t row, size_t column)
{
    PangoLayout *layout = table->cells[row * table->words.columns + column];
    const double em = sizes[0];
    double natural = page_layout_width(layout), least = natural, easy = natural;
    if (row == 0) {
        least = fmin(natural, fmax(narrowest(layout), 3 * em));
        easy = fmin(natural, fmax(least, natural / (natural > 12 * em ? 3 : 2) + 0.8 * em));
    } else if (table->words.left[column] && natural > 4 * em) {
        least = fmin(natural, fmax(fmin(narrowest(layout), 12 * em), (column ? 4 : 6) * em));
        easy = fmin(natural, fmax(least, (column ? 14 : 20) * em));
    }
    table->lengths[row * table->words.columns + column] = natural;
    widen(&table->natural[column], natural);
    widen(&table->easy[column], easy);
    widen(&table->least[column], least);
}

static mcy_status make_cells(typesetting *t, page_table *table, mcy_error *err)
{
    const mcy_table_page *words = &table->words;
    size_t columns = words->columns;
    table->cells = MCY_TAKE(t->arena, PangoLayout *, (words->rows + 1) * columns);
    table->natural = MCY_TAKE(t->arena, double, columns);
    table->lengths = MCY_TAKE(t->arena, double, (words->rows + 1) * columns);
    table->gains = MCY_TAKE(t->arena, double, columns);
    table->easy = MCY_TAKE(t->arena, double, columns);
    table->least = MCY_TAKE(t->arena, double, columns);
    table->widths = MCY_TAKE(t->arena, double, columns);
    table->groups = MCY_TAKE(t->arena, page_group, columns + 1);
    if (!table->cells || !table->natural || !table->lengths || !table->gains || !table->easy ||
        !table->least || !table->widths || !table->groups)
        return mcy_fail_memory(err);
    for (size_t r = 0; r <= words->rows; r++)
        for (size_t c = 0; c < columns; c++) {
            const char *text = r ? words->cells[(r - 1) * columns + c] : words->headings[c];
            table->cells[r * columns + c] =
                r ? page_layout(t, text, sizes[0], words->strong[r - 1], 0)
                  : page_layout_heading(t, text, sizes[0]);
            ask_cell(table, r, c);
        }
    return MCY_OK;
}

static double sum(const double *widths, size_t first, size_t end)
{
    double all = 0;
    for (size_t c = first; c < end; c++)
        all += widths[c];
    return all;
}

/* Lines that a cell takes, and what its column lacks for it to take one less. Lines of more
 * than a line's words are not filled to their ends. */
static double lines_of(const page_table *table, size_t row, size_t column, double *lacks)
{
    double room = table->widths[column] - blanks(table, column, table->size);
    double length =
        table->lengths[row * table->words.columns + column] * table->size / sizes[0];
    double lines = length > room ? fmax(ceil(1.08 * length / room), 2) : 1;
    *lacks = (lines > 2 ? 1.08 * length / (lines - 1) : length) - room;
    return lines;
}

/* The column of which a point more of width saves most lines: in each row the highest cell
 * counts, by the width that saves its last line. end when no row has more than a line. */
static size_t neediest(const page_table *table, double *gains, size_t first, size_t end)
{
    for (size_t c = first; c < end; c++)
        gains[c] = 0;
    for (size_t r = 0; r <= table->words.rows; r++) {
        size_t high = first;
        double most = 1, need = 0;
        for (size_t c = first; c < end; c++) {
            double lacks, lines = lines_of(table, r, c, &lacks);
            if (lines > most || (lines == most && lines > 1 && lacks > need)) {
                high = c;
                most = lines;
                need = lacks;
            }
        }
        gains[high] += most > 1 ? 1 / (need + 1) : 0;
    }
    size_t best = first;
    for (size_t c = first; c < end; c++)
        best = gains[c] > gains[best] ? c : best;
    return gains[best] > 0 ? best : end;
}

/* Give what is left to the columns that need it most, point by point; then to all evenly. */
static void hand_out(page_table *table, size_t first, size_t end, double rest)
{
    for (; rest > 0; rest -= 1) {
        size_t column = neediest(table, table->gains, first, end);
        if (column == end)
            break;
        table->widths[column] += fmin(rest, 1);
    }
    for (size_t c = first; c < end && rest > 0; c++)
        table->widths[c] += rest / (double)(end - first);
}

/* Share a width among columns: from all they would have, from an easy width for numbers'
 * headings, or from the least. */
static void share(page_table *table, size_t first, size_t end, double width)
{
    double natural = sum(table->natural, first, end), easy = 0;
    for (size_t c = first; c < end; c++)
        easy += table->words.left[c] ? table->least[c] : table->easy[c];
    for (size_t c = first; c < end; c++)
        table->widths[c] = natural <= width                       ? table->natural[c]
                           : table->words.left[c] || easy > width ? table->least[c]
                                                                  : table->easy[c];
    hand_out(table, first, end, width - sum(table->widths, first, end));
}

/* The wants of the first size at another, with the blanks. */
static void rescale(page_table *table, double size)
{
    double from = table->size, k = size / (from > 0 ? from : sizes[0]);
    for (size_t c = 0; c < table->words.columns; c++) {
        double before = from > 0 ? blanks(table, c, from) : 0, after = blanks(table, c, size);
        table->natural[c] = (table->natural[c] - before) * k + after;
        table->easy[c] = (table->easy[c] - before) * k + after;
        table->least[c] = (table->least[c] - before) * k + after;
    }
    table->size = size;
}

/* Too wide for a page: groups of columns of about one width, each after the leading ones. */
static void split(page_table *table)
{
    size_t columns = table->words.columns;
    table->lead = 1;
    while (table->lead < columns && table->words.left[table->lead] &&
           sum(table->least, 0, table->lead + 1) < 0.4 * PAGE_TEXT)
        table->lead++;
    share(table, 0, table->lead,
          fmax(sum(table->least, 0, table->lead),
               fmin(sum(table->natural, 0, table->lead), 0.3 * PAGE_TEXT)));
    double room = PAGE_TEXT - sum(table->widths, 0, table->lead);
    double all = sum(table->easy, table->lead, columns), even = all / ceil(all / room);
    size_t first = table->lead;
    while (first < columns) {
        size_t end = first + 1;
        while (end < columns && sum(table->easy, first, end + 1) <= room &&
               sum(table->easy, first, end) + table->easy[end] / 2 < even)
            end++;
        share(table, first, end, room);
        table->groups[table->group_count++] = (page_group){first, end};
        first = end;
    }
}

/* The largest of some sizes at which a want fits the page; the smallest of them when none does.
 */
static bool fits(page_table *table, const double *want, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        rescale(table, sizes[i]);
        if (sum(want, 0, table->words.columns) <= PAGE_TEXT)
            return true;
    }
    return false;
}

/* Words only before numbers: they name the rows, and are not squeezed for the numbers' sake. */
static bool has_labels_alone(const page_table *table)
{
    for (size_t c = 1; c < table->words.columns; c++)
        if (table->words.left[c] && !table->words.left[c - 1])
            return false;
    return !table->words.left[table->words.columns - 1];
}

/* The same as fits with what labels want and numbers must have. */
static bool fits_labelled(page_table *table, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        double all = 0;
        rescale(table, sizes[i]);
        for (size_t c = 0; c < table->words.columns; c++)
            all += table->words.left[c] ? table->easy[c] : table->least[c];
        if (all <= PAGE_TEXT)
            return true;
    }
    return false;
}

static void choose(page_table *table)
{
    size_t columns = table->words.columns;
    if (fits(table, table->natural, 0, SIZES - 1) || fits(table, table->easy, 0, SIZES) ||
        (has_labels_alone(table) ? fits_labelled(table, SIZES - 2, SIZES)
                                 : fits(table, table->least, SIZES - 2, SIZES))) {
        table->groups[table->group_count++] = (page_group){0, columns};
        share(table, 0, columns, PAGE_TEXT);
        return;
    }
    rescale(table, sizes[SIZES - 2]);
    split(table);
}

mcy_status page_table_make(typesetting *t, const mcy_table_page *words, page_table **made,
                           mcy_error *err)
{
    page_table *table = *made = MCY_TAKE(t->arena, page_table, 1);
    if (!table)
        return mcy_fail_memory(err);
    table->words = *words;
    MCY_TRY(make_cells(t, table, err));
    choose(table);
    for (size_t i = 0; i < (words->rows + 1) * words->columns; i++) {
        size_t column = i % words->columns;
        bool broken = i < words->columns || words->left[column];
        page_layout_size(
            table->cells[i], table->size,
            broken ? table->widths[column] - blanks(table, column, table->size) + 0.02 : 0);
    }
    return MCY_OK;
}

double page_row_height(const page_table *table, const page_group *group, size_t row)
{
    int lines = 1;
    for (size_t c = 0; c < group->end; c = c + 1 == table->lead ? group->first : c + 1) {
        int own = pango_layout_get_line_count(table->cells[row * table->words.columns + c]);
        lines = own > lines ? own : lines;
    }
    return lines * page_leading(table->size) + 0.5 * table->size;
}

bool page_row_is_empty(const page_table *table, const page_group *group, size_t row)
{
    for (size_t c = group->first; row && c < group->end; c++) {
        const char *cell = table->words.cells[(row - 1) * table->words.columns + c];
        if (*cell && strcmp(cell, "–") != 0)
            return false;
    }
    return row;
}

static void draw_cell(cairo_t *cr, const page_table *table, size_t row, size_t column, double x,
                      double y, double height)
{
    PangoLayout *layout = table->cells[row * table->words.columns + column];
    int lines = pango_layout_get_line_count(layout);
    bool left = table->words.left[column];
    double leading = page_leading(table->size), top = y + 0.25 * table->size;
    if (row == 0) /* headings stand on their rule */
        top = y + height - 0.25 * table->size - lines * leading;
    double right = x + table->widths[column] - side(table->size);
    double at = left ? x + blanks(table, column, table->size) - side(table->size) : right;
    for (int i = 0; i < lines; i++)
        page_draw_line(cr, layout, i, at, top + i * leading + page_baseline(table->size),
                       !left);
}

static void draw_rule(cairo_t *cr, double y, double thick)
{
    cairo_rectangle(cr, PAGE_LEFT, y - thick / 2, PAGE_TEXT, thick);
    cairo_fill(cr);
}

void page_draw_row(const typesetting *t, cairo_t *cr, const page_row *row, double x, double y,
                   double height)
{
    const page_table *table = row->table;
    if (row->row && table->words.strong[row->row - 1]) {
        page_ink(cr, 0xF1F3F7);
        cairo_rectangle(cr, PAGE_LEFT, y, PAGE_TEXT, height);
        cairo_fill(cr);
    }
    page_ink(cr, row->row ? 0x333333 : t->look->ink);
    for (size_t c = 0; c < row->group->end;
         c = c + 1 == table->lead ? row->group->first : c + 1) {
        draw_cell(cr, table, row->row, c, x, y, height);
        x += table->widths[c];
    }
    const bool last = row->last;
    page_ink(cr, row->row && !last ? 0xDEDEDE : t->look->ink);
    if (!row->row)
        draw_rule(cr, y, 1);
    draw_rule(cr, y + height, row->row ? (last ? 0.8 : 0.4) : 0.5);
}
