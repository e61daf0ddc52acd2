"""Runs docs/account-summary.sql in Spark and compares it with what DuckDB wrote, row by row.

By hand, not part of the tests: it needs Java and pyspark.
    node tests/suites/lines.mjs lines.csv summary.csv
    python tests/suites/spark.py lines.csv summary.csv
"""

import csv
import sys
from pathlib import Path

from pyspark.sql import SparkSession

TYPES = """order_number STRING, order_date DATE, account STRING, revenue DECIMAL(18, 2),
discount DECIMAL(18, 2), rebates DECIMAL(18, 2), freight DECIMAL(18, 2), cost DECIMAL(18, 2),
tooling DECIMAL(18, 2), quantity DECIMAL(18, 3), parent STRING, segment STRING,
salesperson STRING, partner STRING, currency STRING"""


def main(lines: str, summary: str) -> None:
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.read.csv(lines, schema=TYPES, header=True, escape='"').createOrReplaceTempView("order_lines")
    sql = Path(__file__).parents[2] / "docs" / "account-summary.sql"
    found = spark.sql(sql.read_text(encoding="utf-8"))
    cells = ["" if cell is None else str(cell) for row in found.collect() for cell in row]
    width = len(found.columns)
    mine = sorted(cells[at : at + width] for at in range(0, len(cells), width))
    with open(summary, encoding="utf-8", newline="") as file:
        header, *theirs = csv.reader(file)
    assert found.columns == header, (found.columns, header)
    different = [pair for pair in zip(mine, sorted(theirs)) if pair[0] != pair[1]]
    assert len(mine) == len(theirs) and not different, different[:3]
    print(f"Spark {spark.version}: {len(mine)} rows, all equal to DuckDB's")


main(*sys.argv[1:])
