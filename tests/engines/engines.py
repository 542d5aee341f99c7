#!/usr/bin/env python3
"""The summary of a county as JSON lines, asked the same questions by DuckDB on one machine and by Spark.

usage: engines.py PROGRAM [FORMS]

Makes so many forms from the samples, lets PROGRAM collect them as jsonl and as csv, and compares the
answers of both engines with each other and with what the csv says. Needs the Python modules duckdb and
pyspark, and Java for the latter. Writes only in a folder of its own.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "..", "forms")


def make(folder, count):
    """Forms of many units, some with an operator that is none, some with a budget."""
    chance = random.Random(1)
    texts = [open(os.path.join(SAMPLES, name), encoding="utf-8").read() for name in ("clean-2026.toml", "xiaoping-2026.toml")]
    for at in range(count):
        text = texts[at % 2].replace('agency = "', f'agency = "第{at}', 1)
        if chance.random() < 0.3:
            text = text.replace('operator = "≥"', 'operator = "约"', 1)
        if chance.random() < 0.5:
            text = text.replace('adjusted = ""', 'adjusted = "480"').replace('executed = ""', f'executed = "{chance.randint(300, 480)}"')
        open(os.path.join(folder, f"{at:06}.toml"), "w", encoding="utf-8").write(text)
    open(os.path.join(folder, "坏.toml"), "w", encoding="utf-8").write("year = ")


def collect(program, folder, target):
    done = subprocess.run([program, "collect", folder, "-o", target], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # one form is left out


def by_csv(folder):
    """Units, units off their points, rows of each class, and how often each check found something."""
    with open(os.path.join(folder, "a-单位.csv"), encoding="utf-8-sig") as file:
        units = [row for row in csv.DictReader(file) if not row["没有汇总的原因"]]
    with open(os.path.join(folder, "a.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    classes, codes = {}, {}
    for row in rows:
        classes[row["一级指标"]] = classes.get(row["一级指标"], 0) + 1
    for unit in units:
        for word in unit["问题"].split():
            code, times = word.split("×")
            codes[code] = codes.get(code, 0) + int(times)
    off = sum(Decimal(unit["分值合计"]) != Decimal(unit["应有分值"]) for unit in units)
    return {"units": len(units), "off": off, "classes": classes, "codes": codes}


def by_duckdb(path):
    import duckdb

    base = duckdb.connect()
    # The layout is written down, so that the codes, which are data, become no columns.
    layout = (
        "{path: 'VARCHAR', error: 'VARCHAR', points: 'STRUCT(total VARCHAR, expected VARCHAR)',"
        " findings: 'STRUCT(codes MAP(VARCHAR, BIGINT))', indicators: 'STRUCT(level1 VARCHAR)[]'}"
    )
    source = f"read_json('{path}', format='newline_delimited', maximum_object_size=16777216, columns={layout})"
    base.execute(f"create view unit as select * from {source} where error is null")
    one = lambda query: base.execute(query).fetchone()[0]
    classes = base.execute("select i.level1, count(*) from (select unnest(indicators) i from unit) group by 1").fetchall()
    entries = "select unnest(map_entries(findings.codes)) e from unit"
    codes = base.execute(f"select e.key, sum(e.value) from ({entries}) group by 1").fetchall()
    return {
        "units": one("select count(*) from unit"),
        "off": one("select count(*) from unit where cast(points.total as decimal(9,2)) <> cast(points.expected as decimal(9,2))"),
        "classes": dict(classes),
        "codes": {code: int(times) for code, times in codes},
    }


def by_spark(path):
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f
    from pyspark.sql.types import ArrayType, LongType, MapType, StringType, StructField, StructType

    spark = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    text = StringType()
    # The layout is written down, so that no pass over the data has to guess it.
    layout = StructType([
        StructField("path", text),
        StructField("error", text),
        StructField("points", StructType([StructField("total", text), StructField("expected", text)])),
        StructField("findings", StructType([StructField("codes", MapType(text, LongType()))])),
        StructField("indicators", ArrayType(StructType([StructField("level1", text)]))),
    ])
    unit = spark.read.schema(layout).json(path).where("error is null").cache()
    off = unit.where("cast(points.total as decimal(9,2)) <> cast(points.expected as decimal(9,2))").count()
    classes = unit.select(f.explode("indicators.level1").alias("name")).groupBy("name").count().collect()
    codes = unit.select(f.explode("findings.codes").alias("code", "times")).groupBy("code").sum("times").collect()
    answer = {"units": unit.count(), "off": off, "classes": {r[0]: r[1] for r in classes}, "codes": {r[0]: r[1] for r in codes}}
    spark.stop()
    return answer


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        forms = os.path.join(folder, "forms")
        os.mkdir(forms)
        make(forms, count)
        jsonl = os.path.join(folder, "a.jsonl")
        collect(program, forms, jsonl)
        collect(program, forms, os.path.join(folder, "a.csv"))
        print(f"{count} forms, {os.path.getsize(jsonl) / 1e6:.1f} MB of JSON lines")
        wanted = by_csv(folder)
        good = True
        for name, ask in [("DuckDB", by_duckdb), ("Spark", by_spark)]:
            start = time.time()
            answer = ask(jsonl)
            same = answer == wanted
            good &= same
            print(f"{name}: {'the same as csv' if same else 'differs'}, {time.time() - start:.1f} s")
            if not same:
                print(json.dumps({"csv": wanted, name: answer}, ensure_ascii=False, indent=1, default=str))
        print(f"units {wanted['units']}, off their points {wanted['off']}, classes {wanted['classes']}")
        sys.exit(0 if good else 1)
