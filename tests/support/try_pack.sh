# SPDX-License-Identifier: GPL-3.0-or-later
# try_pack SECTION_ZH SECTION_EN <tables: try.yaml, a pack of those tables and one figure.
try_pack() {
    cat >try.yaml <<END
pack: try
title: {zh: "试", en: "Try"}
sections:
  - title: {zh: "$1", en: "$2"}
    tables:
$(cat)
    figures:
      - id: one
        kind: columns
        title: {zh: "收入（百万美元）", en: "Revenue (USD m)"}
        periods: micron
        from: FQ1-25
        to: last
        series: [{data: fact micron total revenue gaap, name: {zh: "收入", en: "Revenue"}, colour: micron, mark: bar}]
END
}
