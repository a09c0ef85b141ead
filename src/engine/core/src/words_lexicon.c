/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list of words in three languages. Latin entries are lower case with blanks for hyphens. */
#include "words_lexicon.h"

#include <string.h>

#include "mcy/text.h"

const mcy_currency mcy_currencies[] = {
    {"usd_m", 1e6}, {"krw_tn", 1e12}, {"cny_bn", 1e9}, {"jpy_bn", 1e9}};

typedef struct entry {
    const char *word;
    mcy_token_kind kind;
    double value;
    int second;
} entry;

#define FILLER(word) {word, MCY_TOKEN_FILLER, 0, 0}
#define UP(word) {word, MCY_TOKEN_UP, 0, 0}
#define DOWN(word) {word, MCY_TOKEN_DOWN, 0, 0}
#define FLAT(word) {word, MCY_TOKEN_FLAT, 0, 0}
#define ABOUT(word) {word, MCY_TOKEN_ABOUT, 0, 0}

static const entry latin[] = {
    {"low", MCY_TOKEN_LEVEL, 1, 0}, {"mid", MCY_TOKEN_LEVEL, 2, 0},
    {"middle", MCY_TOKEN_LEVEL, 2, 0}, {"high", MCY_TOKEN_LEVEL, 3, 0},
    {"upper", MCY_TOKEN_LEVEL, 3, 0}, {"lower", MCY_TOKEN_LOWER, 1, 0},
    {"higher", MCY_TOKEN_HIGHER, 3, 0},
    {"single digit", MCY_TOKEN_SINGLE, 0, 0}, {"single digits", MCY_TOKEN_SINGLE, 0, 0},
    {"single", MCY_TOKEN_SINGLE, 0, 0},
    {"double digit", MCY_TOKEN_DOUBLE, 0, 0}, {"double digits", MCY_TOKEN_DOUBLE, 0, 0},
    {"teen", MCY_TOKEN_TEENS, 0, 0}, {"teens", MCY_TOKEN_TEENS, 0, 0},
    {"twenties", MCY_TOKEN_DECADE, 20, 0}, {"thirties", MCY_TOKEN_DECADE, 30, 0},
    {"forties", MCY_TOKEN_DECADE, 40, 0}, {"fifties", MCY_TOKEN_DECADE, 50, 0},
    {"sixties", MCY_TOKEN_DECADE, 60, 0}, {"seventies", MCY_TOKEN_DECADE, 70, 0},
    {"eighties", MCY_TOKEN_DECADE, 80, 0}, {"nineties", MCY_TOKEN_DECADE, 90, 0},
    {"ten", MCY_TOKEN_NUMBER, 10, 0}, {"twenty", MCY_TOKEN_NUMBER, 20, 0},
    {"thirty", MCY_TOKEN_NUMBER, 30, 0}, {"forty", MCY_TOKEN_NUMBER, 40, 0},
    {"fifty", MCY_TOKEN_NUMBER, 50, 0}, {"sixty", MCY_TOKEN_NUMBER, 60, 0},
    {"seventy", MCY_TOKEN_NUMBER, 70, 0}, {"eighty", MCY_TOKEN_NUMBER, 80, 0},
    {"ninety", MCY_TOKEN_NUMBER, 90, 0},
    {"to", MCY_TOKEN_TO, 0, 0}, {"through", MCY_TOKEN_TO, 0, 0},
    {"between", MCY_TOKEN_BETWEEN, 0, 0}, {"and", MCY_TOKEN_AND, 0, 0},
    ABOUT("about"), ABOUT("approximately"), ABOUT("approximate"), ABOUT("around"),
    ABOUT("roughly"), ABOUT("some"), ABOUT("circa"),
    FLAT("flat"), FLAT("flattish"), FLAT("unchanged"), FLAT("stable"), FLAT("level"),
    FLAT("same level"), FLAT("current levels"), FLAT("current level"), FLAT("break even"),
    {"slightly", MCY_TOKEN_SLIGHT, 2, 0}, {"slight", MCY_TOKEN_SLIGHT, 2, 0},
    {"edging up", MCY_TOKEN_SLIGHT, 2, 0},
    {"modestly", MCY_TOKEN_SLIGHT, 3, 0}, {"somewhat", MCY_TOKEN_SLIGHT, 3, 0},
    {"modest", MCY_TOKEN_SLIGHT, 3, 0},
    {"over", MCY_TOKEN_OVER, 0, 0}, {"above", MCY_TOKEN_OVER, 0, 0},
    {"higher than", MCY_TOKEN_OVER, 0, 0},
    {"more than", MCY_TOKEN_MORE, 0, 0}, {"at least", MCY_TOKEN_MORE, 0, 0},
    {"exceed", MCY_TOKEN_MORE, 0, 0}, {"exceeded", MCY_TOKEN_MORE, 0, 0},
    {"exceeding", MCY_TOKEN_MORE, 0, 0}, {"surpass", MCY_TOKEN_MORE, 0, 0},
    {"surpassed", MCY_TOKEN_MORE, 0, 0}, {"or higher", MCY_TOKEN_MORE, 0, 0},
    {"or more", MCY_TOKEN_MORE, 0, 0},
    {"less than", MCY_TOKEN_LESS, 0, 0}, {"under", MCY_TOKEN_LESS, 0, 0},
    {"below", MCY_TOKEN_LESS, 0, 0}, {"up to", MCY_TOKEN_LESS, 0, 0},
    {"at most", MCY_TOKEN_LESS, 0, 0},
    {"plus or minus", MCY_TOKEN_PLUS_MINUS, 0, 0},
    UP("up"), UP("increase"), UP("increases"), UP("increased"), UP("increasing"), UP("rise"),
    UP("rises"), UP("rose"), UP("rising"), UP("grow"), UP("grew"), UP("growing"), UP("growth"),
    UP("gain"), UP("gained"), UP("jumped"), UP("jump"),
    DOWN("down"), DOWN("decline"), DOWN("declines"), DOWN("declined"), DOWN("declining"),
    DOWN("decrease"), DOWN("decreases"), DOWN("decreased"), DOWN("decreasing"), DOWN("drop"),
    DOWN("drops"), DOWN("dropped"), DOWN("dropping"), DOWN("fall"), DOWN("falls"), DOWN("fell"),
    DOWN("falling"), DOWN("tumbling"), DOWN("reduced"), DOWN("reduction"), DOWN("negative"),
    {"percent", MCY_TOKEN_PERCENT, 0, 0}, {"percentage", MCY_TOKEN_PERCENT, 0, 0},
    {"percentages", MCY_TOKEN_PERCENT, 0, 0}, {"pct", MCY_TOKEN_PERCENT, 0, 0},
    {"basis points", MCY_TOKEN_BASIS_POINTS, 0, 0}, {"bps", MCY_TOKEN_BASIS_POINTS, 0, 0},
    {"us", MCY_TOKEN_FILLER, 0, 0}, {"usd", MCY_TOKEN_CURRENCY, 0, 0},
    {"dollars", MCY_TOKEN_CURRENCY, 0, 0}, {"won", MCY_TOKEN_CURRENCY, 1, 0},
    {"yuan", MCY_TOKEN_CURRENCY, 2, 0}, {"yen", MCY_TOKEN_CURRENCY, 3, 0},
    {"thousand", MCY_TOKEN_FACTOR, 1e3, 0}, {"million", MCY_TOKEN_FACTOR, 1e6, 0},
    {"billion", MCY_TOKEN_FACTOR, 1e9, 0}, {"bn", MCY_TOKEN_FACTOR, 1e9, 0},
    {"trillion", MCY_TOKEN_FACTOR, 1e12, 0}, {"tn", MCY_TOKEN_FACTOR, 1e12, 0},
    {"weeks", MCY_TOKEN_WEEKS, 0, 0}, {"week", MCY_TOKEN_WEEKS, 0, 0},
    {"days", MCY_TOKEN_DAYS, 0, 0}, {"times", MCY_TOKEN_TIMES, 0, 0},
    FILLER("a"), FILLER("an"), FILLER("the"), FILLER("in"), FILLER("of"), FILLER("by"),
    FILLER("for"), FILLER("from"), FILLER("at"), FILLER("were"), FILLER("was"),
    FILLER("range"), FILLER("ranges"), FILLER("levels"), FILLER("point"), FILLER("points"),
    FILLER("relatively"), FILLER("remained"), FILLER("remain"), FILLER("mostly"),
    FILLER("only"), FILLER("average"), FILLER("selling"), FILLER("price"), FILLER("prices"),
    FILLER("asp"), FILLER("asps"), FILLER("per"), FILLER("gigabit"), FILLER("gigabits"),
    FILLER("gigabyte"), FILLER("gigabytes"), FILLER("sold"), FILLER("bit"), FILLER("bits"),
    FILLER("shipment"), FILLER("shipments"), FILLER("dram"), FILLER("nand"), FILLER("hbm"), FILLER("ddr4"),
    FILLER("ddr5"), FILLER("server"), FILLER("stock"), FILLER("normal"), FILLER("revenue"),
    FILLER("revenues"), FILLER("sales"), FILLER("wafer starts"), FILLER("qoq"),
    FILLER("yoy"), FILLER("y/y"), FILLER("q/q"), FILLER("sequentially"), FILLER("sequential"),
    FILLER("quarter over quarter"), FILLER("year over year"), FILLER("net"),
    FILLER("partner"), FILLER("contributions"), FILLER("non gaap"), FILLER("gaap"),
    FILLER("each"), FILLER("as"), FILLER("said"), FILLER("industry"), FILLER("supply"), FILLER("demand"),
};

static const entry cjk[] = {
    {"低", MCY_TOKEN_LEVEL, 1, 0}, {"中", MCY_TOKEN_LEVEL, 2, 0}, {"高", MCY_TOKEN_LEVEL, 3, 0},
    {"个位数", MCY_TOKEN_SINGLE, 0, 0}, {"個位數", MCY_TOKEN_SINGLE, 0, 0},
    {"双位数", MCY_TOKEN_DOUBLE, 0, 0}, {"雙位數", MCY_TOKEN_DOUBLE, 0, 0},
    {"两位数", MCY_TOKEN_DOUBLE, 0, 0}, {"十几", MCY_TOKEN_TEENS, 0, 0},
    {"至", MCY_TOKEN_TO, 0, 0}, {"到", MCY_TOKEN_TO, 0, 0}, {"～", MCY_TOKEN_TO, 0, 0},
    ABOUT("约"), ABOUT("約"), ABOUT("大约"), ABOUT("大概"), ABOUT("左右"),
    FLAT("持平"), FLAT("不变"), FLAT("基本持平"),
    {"小幅", MCY_TOKEN_SLIGHT, 2, 0}, {"略", MCY_TOKEN_SLIGHT, 2, 0},
    {"轻微", MCY_TOKEN_SLIGHT, 2, 0}, {"略微", MCY_TOKEN_SLIGHT, 2, 0},
    {"超过", MCY_TOKEN_OVER, 0, 0}, {"超過", MCY_TOKEN_OVER, 0, 0}, {"逾", MCY_TOKEN_OVER, 0, 0},
    {"以上", MCY_TOKEN_MORE, 0, 0}, {"至少", MCY_TOKEN_MORE, 0, 0},
    {"以下", MCY_TOKEN_LESS, 0, 0}, {"低于", MCY_TOKEN_LESS, 0, 0},
    {"不到", MCY_TOKEN_LESS, 0, 0}, {"不超过", MCY_TOKEN_LESS, 0, 0},
    UP("增长"), UP("增加"), UP("上升"), UP("上涨"), UP("提升"), UP("成长"), UP("增長"),
    UP("上漲"), UP("涨"), UP("升"),
    DOWN("下降"), DOWN("下滑"), DOWN("减少"), DOWN("減少"), DOWN("下跌"), DOWN("降低"),
    DOWN("跌"), DOWN("降"), DOWN("衰退"),
    {"百分点", MCY_TOKEN_PERCENT, 0, 0}, {"％", MCY_TOKEN_PERCENT, 0, 0},
    {"亿", MCY_TOKEN_FACTOR, 1e8, 0}, {"億", MCY_TOKEN_FACTOR, 1e8, 0},
    {"万", MCY_TOKEN_FACTOR, 1e4, 0}, {"万亿", MCY_TOKEN_FACTOR, 1e12, 0},
    {"美元", MCY_TOKEN_CURRENCY, 0, 0}, {"韩元", MCY_TOKEN_CURRENCY, 1, 0},
    {"人民币", MCY_TOKEN_CURRENCY, 2, 0}, {"元", MCY_TOKEN_CURRENCY, 2, 0},
    {"周", MCY_TOKEN_WEEKS, 0, 0}, {"天", MCY_TOKEN_DAYS, 0, 0}, {"倍", MCY_TOKEN_TIMES, 0, 0},
    FILLER("环比"), FILLER("同比"), FILLER("出货量"), FILLER("出货"), FILLER("价格"),
    FILLER("均价"), FILLER("平均售价"), FILLER("位元"), FILLER("比特"), FILLER("为"),
    FILLER("的"), FILLER("幅度"), FILLER("区间"), FILLER("在"), FILLER("之间"), FILLER("保持"),
    FILLER("仅"), FILLER("收入"), FILLER("个"), FILLER("达到"), FILLER("，"), FILLER("。"),
    FILLER("毛利率"), FILLER("经营利润率"), FILLER("自由现金流"), FILLER("了"),
    {"한 자릿수", MCY_TOKEN_SINGLE, 0, 0}, {"한자릿수", MCY_TOKEN_SINGLE, 0, 0},
    {"한 자리수", MCY_TOKEN_SINGLE, 0, 0}, {"두 자릿수", MCY_TOKEN_DOUBLE, 0, 0},
    {"두자릿수", MCY_TOKEN_DOUBLE, 0, 0},
    {"초반", MCY_TOKEN_POST, 1, 0}, {"중반", MCY_TOKEN_POST, 2, 0},
    {"후반", MCY_TOKEN_POST, 3, 0}, {"초중반", MCY_TOKEN_POST, 1, 2},
    {"중후반", MCY_TOKEN_POST, 2, 3},
    {"십", MCY_TOKEN_NUMBER, 10, 0}, {"이십", MCY_TOKEN_NUMBER, 20, 0},
    {"삼십", MCY_TOKEN_NUMBER, 30, 0}, {"사십", MCY_TOKEN_NUMBER, 40, 0},
    {"오십", MCY_TOKEN_NUMBER, 50, 0}, {"육십", MCY_TOKEN_NUMBER, 60, 0},
    {"칠십", MCY_TOKEN_NUMBER, 70, 0}, {"팔십", MCY_TOKEN_NUMBER, 80, 0},
    {"구십", MCY_TOKEN_NUMBER, 90, 0},
    {"대", MCY_TOKEN_IN_DECADE, 0, 0}, {"에서", MCY_TOKEN_TO, 0, 0},
    {"퍼센트", MCY_TOKEN_PERCENT, 0, 0}, {"프로", MCY_TOKEN_PERCENT, 0, 0},
    ABOUT("약"), ABOUT("대략"), ABOUT("가량"), ABOUT("내외"), ABOUT("안팎"),
    FLAT("보합"), FLAT("유지"), FLAT("동일"),
    {"소폭", MCY_TOKEN_SLIGHT, 2, 0},
    {"초과", MCY_TOKEN_OVER, 0, 0}, {"이상", MCY_TOKEN_MORE, 0, 0},
    {"이하", MCY_TOKEN_LESS, 0, 0}, {"미만", MCY_TOKEN_LESS, 0, 0},
    UP("증가"), UP("상승"), UP("성장"), UP("확대"), DOWN("감소"), DOWN("하락"), DOWN("축소"),
    {"조", MCY_TOKEN_FACTOR, 1e12, 0}, {"억", MCY_TOKEN_FACTOR, 1e8, 0},
    {"달러", MCY_TOKEN_CURRENCY, 0, 0}, {"원", MCY_TOKEN_CURRENCY, 1, 0},
    {"주", MCY_TOKEN_WEEKS, 0, 0}, {"일", MCY_TOKEN_DAYS, 0, 0}, {"배", MCY_TOKEN_TIMES, 0, 0},
    FILLER("전분기"), FILLER("전년"), FILLER("대비"), FILLER("출하량"), FILLER("가격"),
    FILLER("평균판매가격"), FILLER("수준"), FILLER("까지"), FILLER("은"), FILLER("는"),
    FILLER("이"), FILLER("가"), FILLER("로"), FILLER("으로"), FILLER("의"),
};

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static size_t best_of(const entry *list, size_t count, const char *text, bool whole_words,
                      mcy_token *token, size_t best)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].word[0] != text[0]) /* nearly all of them */
            continue;
        size_t n = strlen(list[i].word);
        if (n <= best || strncmp(text, list[i].word, n) != 0)
            continue;
        if (whole_words && is_letter(text[n]))
            continue;
        best = n;
        token->kind = list[i].kind;
        token->value = list[i].value;
        token->decimals = list[i].second;
    }
    return best;
}

size_t mcy_lexicon_match(const char *text, mcy_token *token)
{
    size_t best = best_of(latin, sizeof latin / sizeof *latin, text, true, token, 0);
    return best_of(cjk, sizeof cjk / sizeof *cjk, text, false, token, best);
}

const char *mcy_lexicon_closest(const char *word)
{
    const char *names[sizeof latin / sizeof *latin];
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        names[i] = latin[i].word;
    return mcy_text_closest(word, names, sizeof latin / sizeof *latin);
}
