"""Scores pairs with the real Splink on Spark, for crates/linkage/tests/splink.rs.

    python splink_spark_scores.py DIR

reads DIR/ours.spark.json (a model written by us) and DIR/records.jsonl, writes DIR/ours_spark_scores.csv (unique_id_l, unique_id_r,
match_weight); DIR/versions_spark.txt says with what. Needs Java 17 and: pip install splink==5.0.0 'pyspark<4' pandas
"""
import json, sys, pyspark, splink
from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, LongType, StringType, StructField, StructType
from splink import Linker, SparkAPI
from splink.backends.spark import similarity_jar_location

d = sys.argv[1]
records = [json.loads(line) for line in open(f"{d}/records.jsonl")]
kinds = {}                                                         # all texts stay texts: no guessing of dates and numbers
for record in records:
    for name, value in record.items():
        if isinstance(value, list):
            kinds[name] = ArrayType(StringType())
        else:
            kinds.setdefault(name, LongType() if name == "unique_id" else StringType())
spark = (SparkSession.builder.master("local[2]").config("spark.jars", similarity_jar_location()).config("spark.ui.enabled", "false")
         .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
         .config("spark.sql.shuffle.partitions", "4").config("spark.default.parallelism", "4").getOrCreate())
spark.sparkContext.setLogLevel("ERROR")
table = spark.createDataFrame([tuple(record.get(name) for name in kinds) for record in records],
                              StructType([StructField(name, kind) for name, kind in kinds.items()]))
db = SparkAPI(spark_session=spark, break_lineage_method="persist", num_partitions_on_repartition=4)
linker = Linker(db.register(table), json.load(open(f"{d}/ours.spark.json")), log_level="ERROR")
rows = linker.inference.predict(threshold_match_weight=-1000).as_record_list()
with open(f"{d}/ours_spark_scores.csv", "w") as out:
    out.write("left,right,weight\n")
    for r in sorted(rows, key=lambda r: (r["unique_id_l"], r["unique_id_r"])):
        out.write(f"{r['unique_id_l']},{r['unique_id_r']},{float(r['match_weight'])!r}\n")
open(f"{d}/versions_spark.txt", "w").write(f"splink {splink.__version__}, pyspark {pyspark.__version__}: python splink_spark_scores.py DIR\n")
