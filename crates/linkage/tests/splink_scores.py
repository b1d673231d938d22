"""Scores pairs with the real Splink, for crates/linkage/tests/splink.rs.

    python splink_scores.py DIR

reads DIR/ours.json (a model written by us) and DIR/records.jsonl, writes DIR/ours_scores.csv (unique_id_l, unique_id_r, match_weight);
trains a model of Splink's own on the same records, writes DIR/theirs.json and DIR/theirs_scores.csv; DIR/versions.txt says with what.
Needs: pip install splink==5.0.0 duckdb==2.0.0
"""
import json, sys, duckdb, splink
import splink.comparison_library as cl, splink.comparison_level_library as cll
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

d = sys.argv[1]

def linker(settings):
    con = duckdb.connect()
    kinds = {}                                                     # all texts stay texts: no guessing of dates and numbers
    for line in open(f"{d}/records.jsonl"):
        for name, value in json.loads(line).items():
            kinds[name] = "BIGINT" if name == "unique_id" else "VARCHAR[]" if isinstance(value, list) else kinds.get(name, "VARCHAR")
    con.execute(f"create table records as select * from read_json('{d}/records.jsonl', columns={kinds})")
    db = DuckDBAPI(connection=con)
    return Linker(db.register(con.table("records")), settings, log_level="ERROR")

def scores(lk, file):
    rows = lk.inference.predict(threshold_match_weight=-1000).as_record_list()
    with open(f"{d}/{file}", "w") as out:
        out.write("left,right,weight\n")
        for r in sorted(rows, key=lambda r: (r["unique_id_l"], r["unique_id_r"])):
            out.write(f"{r['unique_id_l']},{r['unique_id_r']},{r['match_weight']!r}\n")

scores(linker(json.load(open(f"{d}/ours.json"))), "ours_scores.csv")

alike = lambda c: cl.CustomComparison(output_column_name=c + "_alike", comparison_levels=[
    cll.NullLevel(c), cll.ExactMatchLevel(c, term_frequency_adjustments=True), cll.JaroLevel(c, .9), cll.JaccardLevel(c, .8),
    cll.Or(cll.DamerauLevenshteinLevel(c, 2), cll.CustomLevel(f"substr({c}_l, 1, 4) = substr({c}_r, 1, 4)")),
    cll.And(cll.LevenshteinLevel(c, 8), cll.Not(cll.JaroWinklerLevel(c, .5))), cll.ElseLevel()])
both = cl.CustomComparison(output_column_name="both", comparison_levels=[
    cll.CustomLevel("(nama1_l IS NULL OR nama1_r IS NULL) AND (ibu_l IS NULL OR ibu_r IS NULL)").configure(is_null_level=True),
    cll.ColumnsReversedLevel("nama1", "ibu", symmetrical=True),
    cll.CustomLevel("jaro_winkler_similarity(nama1_l, ibu_r) + jaro_winkler_similarity(ibu_l, nama1_r) >= 1.2"),
    cll.CustomLevel("NOT (jk_l = jk_r OR kel_l <> kel_r)"), cll.ElseLevel()])
settings = SettingsCreator(link_type="dedupe_only", retain_matching_columns=False,
    comparisons=[cl.NameComparison("nama"), cl.DateOfBirthComparison("tgl", input_is_string=True), alike("al"), both,
                 cl.ExactMatch("kel").configure(term_frequency_adjustments=True), cl.LevenshteinAtThresholds("nik", [1, 4])],
    blocking_rules_to_generate_predictions=[block_on("kel", "tahun"), block_on("substr(nama,1,2)", "jk", "kec"), "l.tgl = r.tgl_tukar and l.nama1 <> r.nama1"])
lk = linker(settings)
lk.training.estimate_probability_two_random_records_match([block_on("nik")], recall=.7)
lk.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
lk.training.estimate_parameters_using_expectation_maximisation(block_on("tgl"))
lk.training.estimate_parameters_using_expectation_maximisation(block_on("nmk"))
lk.misc.save_model_to_json(f"{d}/theirs.json", overwrite=True)
scores(lk, "theirs_scores.csv")
open(f"{d}/versions.txt", "w").write(f"splink {splink.__version__}, duckdb {duckdb.__version__}: python splink_scores.py DIR\n")
