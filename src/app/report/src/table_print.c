/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms of a table: for a terminal, for programs, to paste, for documents. */
#include "table_print.h"

#include <string.h>

#include "mcy/csv.h"
#include "mcy/json.h"
#include "mcy/number.h"

/* The text of a language, or English alone where the other was not given. */
static const char *say(mcy_bilingual words, mcy_language language)
{
    const char *text = mcy_bilingual_text(words, language);
    return text[0] || !words.en ? text : words.en;
}

/* The words of a cell as a program reads them. */
static const char *key_of(const mcy_table_view *v, const mcy_table_cell *cell)
{
    return cell->key ? cell->key : say(cell->words, v->language);
}

static const char *heading(const mcy_table_view *v, size_t c)
{
    const char *name = say(v->columns[c].name, v->language);
    return name[0] ? name : v->columns[c].key;
}

/* A cell as a reader sees it; the number goes through room. */
static const char *shown(const mcy_table_view *v, const mcy_table_cell *cell,
                         char room[MCY_DISPLAY_TEXT])
{
    if (cell->text)
        return say(cell->words, v->language);
    mcy_display_print(cell->value, &cell->display, room);
    return room;
}

/* Cells of a terminal: two for CJK and full-width characters, one for others. */
static size_t terminal_width(const char *text)
{
    size_t width = 0;
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        unsigned length = *s < 0x80 ? 1 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : 4;
        unsigned long code = length == 3 && s[1] && s[2]
                                 ? (unsigned long)(*s & 0x0f) << 12 |
                                       (unsigned long)(s[1] & 0x3f) << 6 | (s[2] & 0x3f)
                                 : *s;
        bool wide = (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) ||
                    (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xff60);
        width += wide ? 2 : 1;
        for (unsigned i = 0; i < length && *s; i++)
            s++;
    }
    return width;
}

static void pad(mcy_text *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mcy_text_append(text, " ", 1);
}

static void aligned(mcy_text *text, const char *word, size_t width, bool left, bool last)
{
    size_t used = terminal_width(word), room = width > used ? width - used : 0;
    if (!left)
        pad(text, room);
    mcy_text_add(text, word);
    if (left && !last)
        pad(text, room);
}

static size_t column_width(const mcy_table_view *v, size_t c)
{
    char room[MCY_DISPLAY_TEXT];
    size_t width = terminal_width(heading(v, c));
    for (size_t r = 0; r < v->row_count; r++) {
        size_t cell = terminal_width(shown(v, &v->cells[v->rows[r].first + c], room));
        width = cell > width ? cell : width;
    }
    return width;
}

static void print_text(const mcy_table_view *v, mcy_text *text)
{
    char room[MCY_DISPLAY_TEXT];
    const char *title = say(v->title, v->language);
    if (title[0])
        mcy_text_print(text, "%s\n", title);
    for (size_t c = 0; c < v->column_count; c++) {
        v->widths[c] = column_width(v, c);
        pad(text, c ? 2 : 0);
        aligned(text, heading(v, c), v->widths[c], v->columns[c].text,
                c + 1 == v->column_count);
    }
    mcy_text_add(text, "\n");
    for (size_t r = 0; r < v->row_count; r++) {
        for (size_t c = 0; c < v->column_count; c++) {
            pad(text, c ? 2 : 0);
            aligned(text, shown(v, &v->cells[v->rows[r].first + c], room), v->widths[c],
                    v->columns[c].text, c + 1 == v->column_count);
        }
        mcy_text_add(text, "\n");
    }
    for (size_t i = 0; i < v->note_count; i++)
        mcy_text_print(text, "%s\n", say(v->notes[i], v->language));
}

static void print_csv(const mcy_table_view *v, mcy_text *text)
{
    for (size_t c = 0; c < v->column_count; c++)
        mcy_csv_add(text, v->columns[c].key);
    mcy_csv_end(text);
    for (size_t r = 0; r < v->row_count; r++) {
        for (size_t c = 0; c < v->column_count; c++) {
            const mcy_table_cell *cell = &v->cells[v->rows[r].first + c];
            if (cell->text)
                mcy_csv_add(text, key_of(v, cell));
            else
                mcy_csv_add_number(text, cell->value);
        }
        mcy_csv_end(text);
    }
}

/* Tabs and newlines would break the row: they become blanks. */
static void add_tsv(mcy_text *text, const char *word)
{
    for (; *word; word++)
        mcy_text_append(text, *word == '\t' || *word == '\n' ? " " : word, 1);
}

static void print_tsv(const mcy_table_view *v, mcy_text *text)
{
    char room[MCY_DISPLAY_TEXT];
    for (size_t c = 0; c < v->column_count; c++) {
        mcy_text_add(text, c ? "\t" : "");
        add_tsv(text, heading(v, c));
    }
    mcy_text_add(text, "\n");
    for (size_t r = 0; r < v->row_count; r++) {
        for (size_t c = 0; c < v->column_count; c++) {
            mcy_text_add(text, c ? "\t" : "");
            add_tsv(text, shown(v, &v->cells[v->rows[r].first + c], room));
        }
        mcy_text_add(text, "\n");
    }
}

static void add_markdown(mcy_text *text, const char *word)
{
    for (; *word; word++)
        if (*word == '|')
            mcy_text_add(text, "\\|");
        else
            mcy_text_append(text, *word == '\n' ? " " : word, 1);
}

static void print_markdown(const mcy_table_view *v, mcy_text *text)
{
    char room[MCY_DISPLAY_TEXT];
    const char *title = say(v->title, v->language);
    if (title[0])
        mcy_text_print(text, "**%s**\n\n", title);
    for (size_t c = 0; c < v->column_count; c++) {
        mcy_text_add(text, "| ");
        add_markdown(text, heading(v, c));
        mcy_text_add(text, " ");
    }
    mcy_text_add(text, "|\n");
    for (size_t c = 0; c < v->column_count; c++)
        mcy_text_add(text, v->columns[c].text ? "|---" : "|---:");
    mcy_text_add(text, "|\n");
    for (size_t r = 0; r < v->row_count; r++) {
        const char *mark = v->rows[r].strong ? "**" : "";
        for (size_t c = 0; c < v->column_count; c++) {
            const char *word = shown(v, &v->cells[v->rows[r].first + c], room);
            mcy_text_print(text, "| %s", word[0] ? mark : "");
            add_markdown(text, word);
            mcy_text_print(text, "%s ", word[0] ? mark : "");
        }
        mcy_text_add(text, "|\n");
    }
    for (size_t i = 0; i < v->note_count; i++)
        mcy_text_print(text, "\n%s\n", say(v->notes[i], v->language));
}

void mcy_html_escape(mcy_text *text, const char *string)
{
    for (; *string; string++)
        switch (*string) {
        case '&':
            mcy_text_add(text, "&amp;");
            break;
        case '<':
            mcy_text_add(text, "&lt;");
            break;
        case '>':
            mcy_text_add(text, "&gt;");
            break;
        case '"':
            mcy_text_add(text, "&quot;");
            break;
        case '\'':
            mcy_text_add(text, "&#39;");
            break;
        default:
            mcy_text_append(text, string, 1);
        }
}

/* A day, a period, a word or two: not broken. */
static bool is_short(const char *words)
{
    return *words && terminal_width(words) <= 11 && !strchr(words, ' ');
}

static void html_cell(const mcy_table_view *v, const mcy_table_cell *cell, const char *tag,
                      mcy_text *text)
{
    char room[MCY_DISPLAY_TEXT];
    mcy_text_print(text, "<%s%s", tag,
                   !cell->text                               ? " class=\"n\""
                   : is_short(say(cell->words, v->language)) ? " class=\"s\""
                                                             : "");
    if (cell->id && (cell->text || !mcy_is_missing(cell->value))) {
        mcy_text_add(text, " data-id=\"");
        mcy_html_escape(text, cell->id);
        mcy_text_add(text, "\"");
    }
    mcy_text_add(text, ">");
    mcy_html_escape(text, shown(v, cell, room));
    mcy_text_print(text, "</%s>", tag);
}

static void print_html(const mcy_table_view *v, mcy_text *text)
{
    mcy_text_add(text, "<table id=\"");
    mcy_html_escape(text, v->id);
    mcy_text_add(text, "\">\n");
    const char *title = say(v->title, v->language);
    if (title[0]) {
        mcy_text_add(text, "<caption>");
        mcy_html_escape(text, title);
        mcy_text_add(text, "</caption>\n");
    }
    mcy_text_add(text, "<thead><tr>");
    for (size_t c = 0; c < v->column_count; c++) {
        mcy_text_add(text, v->columns[c].text ? "<th>" : "<th class=\"n\">");
        mcy_html_escape(text, heading(v, c));
        mcy_text_add(text, "</th>");
    }
    mcy_text_add(text, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < v->row_count; r++) {
        mcy_text_add(text, "<tr>");
        for (size_t c = 0; c < v->column_count; c++)
            html_cell(v, &v->cells[v->rows[r].first + c], v->rows[r].strong ? "th" : "td",
                      text);
        mcy_text_add(text, "</tr>\n");
    }
    mcy_text_add(text, "</tbody>\n");
    if (v->note_count) {
        mcy_text_print(text, "<tfoot><tr><td colspan=\"%zu\"><div>", v->column_count);
        for (size_t i = 0; i < v->note_count; i++) {
            mcy_text_add(text, i ? "<br>" : "");
            mcy_html_escape(text, say(v->notes[i], v->language));
        }
        mcy_text_add(text, "</div></td></tr></tfoot>\n");
    }
    mcy_text_add(text, "</table>\n");
}

static void print_json(const mcy_table_view *v, mcy_text *text)
{
    mcy_json json;
    mcy_json_begin(&json, text);
    mcy_json_object(&json);
    mcy_json_name(&json, "id");
    mcy_json_text(&json, v->id);
    mcy_json_name(&json, "title");
    mcy_json_text(&json, say(v->title, v->language));
    mcy_json_name(&json, "rows");
    mcy_json_array(&json);
    for (size_t r = 0; r < v->row_count; r++) {
        mcy_json_object(&json);
        for (size_t c = 0; c < v->column_count; c++) {
            const mcy_table_cell *cell = &v->cells[v->rows[r].first + c];
            mcy_json_name(&json, v->columns[c].key);
            if (cell->text)
                mcy_json_text(&json, key_of(v, cell));
            else
                mcy_json_number(&json, cell->value);
        }
        mcy_json_close_object(&json);
    }
    mcy_json_close_array(&json);
    mcy_json_name(&json, "notes");
    mcy_json_array(&json);
    for (size_t i = 0; i < v->note_count; i++)
        mcy_json_text(&json, say(v->notes[i], v->language));
    mcy_json_close_array(&json);
    mcy_json_close_object(&json);
}

void (*const mcy_table_printers[])(const mcy_table_view *view, mcy_text *text) = {
    [MCY_TABLE_TEXT] = print_text, [MCY_TABLE_CSV] = print_csv,
    [MCY_TABLE_TSV] = print_tsv,   [MCY_TABLE_MARKDOWN] = print_markdown,
    [MCY_TABLE_HTML] = print_html, [MCY_TABLE_JSON] = print_json};

/* A cell's words in the arena; NULL when memory is short. */
static const char *kept(const mcy_table_view *v, const mcy_table_cell *cell, mcy_arena *arena)
{
    char room[MCY_DISPLAY_TEXT];
    const char *words = shown(v, cell, room);
    return words == room ? mcy_arena_copy(arena, words, strlen(words)) : words;
}

mcy_status mcy_table_lay(const mcy_table_view *v, mcy_arena *arena, mcy_table_page *page,
                         mcy_error *err)
{
    size_t columns = v->column_count, count = v->row_count * columns;
    const char **headings = MCY_TAKE(arena, const char *, columns);
    const char **cells = MCY_TAKE(arena, const char *, count + 1);
    const char **notes = MCY_TAKE(arena, const char *, v->note_count + 1);
    bool *left = MCY_TAKE(arena, bool, columns),
         *strong = MCY_TAKE(arena, bool, v->row_count + 1);
    if (!headings || !cells || !notes || !left || !strong)
        return mcy_fail_memory(err);
    for (size_t c = 0; c < columns; c++) {
        headings[c] = heading(v, c);
        left[c] = v->columns[c].text;
    }
    for (size_t i = 0; i < count; i++)
        if (!(cells[i] = kept(v, &v->cells[v->rows[i / columns].first + i % columns], arena)))
            return mcy_fail_memory(err);
    for (size_t r = 0; r < v->row_count; r++)
        strong[r] = v->rows[r].strong;
    for (size_t i = 0; i < v->note_count; i++)
        notes[i] = say(v->notes[i], v->language);
    *page = (mcy_table_page){.title = say(v->title, v->language),
                             .rows = v->row_count,
                             .columns = columns,
                             .notes = v->note_count,
                             .headings = headings,
                             .left = left,
                             .cells = cells,
                             .strong = strong,
                             .note = notes};
    return MCY_OK;
}
