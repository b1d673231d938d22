"""Links the lists of `cargo xtask bench linkage` with Splink on DuckDB, as somebody would who knows both well: names and places
tidied in SQL, fifteen blocking rules, term frequencies, levenshtein instead of DuckDB's slower damerau_levenshtein.

with_splink.py dedupe|match DIR  prints one JSON object: seconds of every step, candidates, accuracy against truth.csv.
"""
import json, resource, sys, time

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SPELLING = [("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SY", "S"), ("KH", "H"), ("F", "P"), ("V", "P"), ("Z", "J"), ("H", ""), ("Y", "I")]
SHORT = {"MUHAMMAD": "M|MUH|MOH|MOCH|MHD|MOHAMAD", "ABDUL": "ABD|ABDOEL", "SITI": "ST|STI", "AHMAD": "ACHMAD|AKHMAD|ACH"}
THREADS = 2


def name(column):
    text = f"regexp_replace(upper({column}), '^(H|HJ|IR|DRS)\\. ?', '')"
    text = f"' ' || regexp_replace({text}, '[^A-Z ]+', ' ', 'g') || ' '"
    for full, short in SHORT.items():
        text = f"regexp_replace({text}, '^ +({short}) +', ' {full} ')"
    return f"nullif(trim(regexp_replace({text}, ' +', ' ', 'g')), '')"


def key(column):
    text = f"replace({column}, ' ', '')"
    for old, new in SPELLING:
        text = f"replace({text}, '{old}', '{new}')"
    for letter in "AMNSIULRTKPBDGE":
        text = f"regexp_replace({text}, '{letter}+', '{letter}', 'g')"
    return f"nullif({text}, '')"


def named(path):
    """The column that names records."""
    with open(path, encoding="utf-8") as file:
        return "rec_id" if "rec_id" in file.readline().strip().split(",") else "id"


def prepare(db, path, table):
    db.execute(f"""
        create table {table} as
        with written as (select * from read_csv('{path}', all_varchar = true, header = true, nullstr = '')),
        tidy as (
          select {named(path)} as unique_id, case when length(nik) = 16 and nik <> '9999999999999999' then nik end as nik,
            case when length(no_kk) = 16 and no_kk <> '9999999999999999' then no_kk end as kk, {name('nama')} as nama, jk,
            tempat_lahir as tempat, {name('nama_ibu')} as ibu, kelurahan as kel, kecamatan as kec,
            coalesce(try_cast(rt as int), try_cast(regexp_extract(alamat, 'RT ([0-9]+)', 1) as int)) as rt,
            coalesce(try_cast(rw as int), try_cast(regexp_extract(alamat, 'RW ([0-9]+)', 1) as int)) as rw,
            nullif(trim(regexp_replace(regexp_replace(alamat, 'RT .*$', ''), '^(JL\\.|JALAN) |NO\\.', '', 'g')), '') as jalan,
            case when tgl_lahir like '____-__-__' then tgl_lahir
                 when tgl_lahir ~ '^[0-9]{{2}}.[0-9]{{2}}.[0-9]{{4}}$'
                 then tgl_lahir[7:10] || '-' || tgl_lahir[4:5] || '-' || tgl_lahir[1:2] end as tgl
          from written),
        keyed as (select *, {key('nama')} as kunci, {key("split_part(nama, ' ', 1)")} as kunci1, {key('ibu')} as kunci_ibu from tidy)
        select *, string_split(nama, ' ') as kata, kunci[1:3] as kunci3, kunci_ibu[1:4] as ibu4, nik[1:12] as nik12, tgl[1:4] as tahun,
          tgl[1:4] || '-' || tgl[9:10] || '-' || tgl[6:7] as tukar
        from keyed""")


def level(sql, label, **more):
    made = levels.CustomLevel(sql, label_for_charts=label)
    return made.configure(**more) if more else made


def alike(column, limit):
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {limit}"


def settings(kind):
    def compare(column, *its):
        return comparisons.CustomComparison(output_column_name=column, comparison_levels=[*its, levels.ElseLevel()])

    home = "kel_l = kel_r and rt_l = rt_r and rw_l = rw_r"
    return SettingsCreator(
        link_type="dedupe_only" if kind == "dedupe" else "link_only",
        comparisons=[
            compare("nama", levels.NullLevel("nama"), level("nama_l = nama_r", "sama", tf_adjustment_column="nama"),
                    level("kunci_l = kunci_r", "ejaan", tf_adjustment_column="kunci"), level(alike("nama", .94), ".94"),
                    level(alike("nama", .88), ".88"), level("len(list_intersect(kata_l, kata_r)) >= 1", "satu kata"),
                    level(alike("nama", .78), ".78")),
            compare("tgl", levels.NullLevel("tgl"), level("tgl_l = tgl_r", "sama"), level("tgl_l = tukar_r", "tertukar"),
                    level("levenshtein(tgl_l, tgl_r) <= 1", "satu angka"),
                    level("tahun_l = tahun_r and (tgl_l[6:10] = '01-01' or tgl_r[6:10] = '01-01')", "1 Januari"),
                    level("tahun_l = tahun_r", "tahun")),
            # born on one day in one place: only the serial is compared, or the date would count twice
            compare("nik", levels.NullLevel("nik"), level("nik_l = nik_r", "sama"),
                    level("nik12_l <> nik12_r and levenshtein(nik_l, nik_r) <= 1", "satu angka"),
                    level("nik12_l <> nik12_r and levenshtein(nik_l, nik_r) <= 2", "dua angka"),
                    level("nik12_l = nik12_r", "urutan lain", m_probability=.08, u_probability=.4, fix_m_probability=True,
                          fix_u_probability=True)),
            comparisons.ExactMatch("jk"),
            compare("ibu", levels.NullLevel("ibu"), level("ibu_l = ibu_r", "sama", tf_adjustment_column="ibu"),
                    level("kunci_ibu_l = kunci_ibu_r", "ejaan"), level(alike("ibu", .88), ".88")),
            compare("tempat", levels.NullLevel("tempat"), level("tempat_l = tempat_r", "sama", tf_adjustment_column="tempat")),
            compare("rumah", levels.NullLevel("kel"), level("kk_l = kk_r", "KK"), level("levenshtein(kk_l, kk_r) <= 1", "KK satu angka"),
                    level(f"{home} and {alike('jalan', .9)}", "rumah"), level(home, "RT/RW"),
                    level(f"kel_l = kel_r and {alike('jalan', .9)}", "jalan"), level("kel_l = kel_r", "desa"),
                    level("kec_l = kec_r", "kecamatan")),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("nik"), block_on("nik12", "kunci3"), block_on("kk", "kunci3"), block_on("tgl", "kunci3"), block_on("kunci", "kel"),
            block_on("tgl", "kel", "jk"), block_on("kunci", "tahun"), block_on("kk", "tgl"), block_on("kunci1", "kel", "tahun"),
            block_on("kel", "rt", "rw", "kunci1"), block_on("kk", "tahun", "jk"), block_on("kunci1", "ibu4", "kel"),
            "l.tgl = r.tukar and l.kunci3 = r.kunci3 and l.tgl <> l.tukar", block_on("kunci3", "tahun", "kel"),
            block_on("tgl", "jk", "ibu4")],
        retain_matching_columns=False, retain_intermediate_calculation_columns=False)


def main():
    kind, folder = sys.argv[1:3]
    seconds, begin = {}, time.perf_counter()

    def lap(step, start):
        seconds[step] = round(seconds.get(step, 0) + time.perf_counter() - start, 3)

    db = duckdb.connect()
    db.execute(f"set threads = {THREADS}; set preserve_insertion_order = false")
    start = time.perf_counter()
    tables = ["list"] if kind == "dedupe" else ["a", "b"]
    for table in tables:
        prepare(db, f"{folder}/{table}.csv", f"t_{table}")
    lap("read", start)
    start = time.perf_counter()
    api = DuckDBAPI(connection=db)
    given = [api.register(db.table(f"t_{table}"), dataset_display_name=f"of_{table}") for table in tables]
    linker = Linker(given if len(given) > 1 else given[0], settings(kind), log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("kunci", "tgl", "kel"), block_on("kunci", "tgl", "kk"), block_on("nik", "kunci3")], recall=.75)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("tgl", "kel"), block_on("kunci", "kel"), block_on("nik")):
        training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True, max_pairs=3e6)
    lap("train", start)
    start = time.perf_counter()
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    candidates = db.execute(f"select count(*) from {blocked.physical_name}").fetchall()[0][0]
    scored = linker.inference.predict(threshold_match_weight=-4)
    lap("compare", start)
    start = time.perf_counter()
    if kind == "dedupe":
        linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold_match_probability=.95)
    else:
        linker.clustering.cluster_using_single_best_links(
            scored, duplicate_free_datasets=list(linker._input_tables_dict), threshold_match_weight=4)
    lap("cluster", start)
    seconds["whole"] = round(time.perf_counter() - begin, 3)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

    of = named(f"{folder}/truth.csv")
    db.execute(f"create table truth as select * from read_csv('{folder}/truth.csv', all_varchar = true)")
    pairs = "n * (n - 1) // 2" if kind == "dedupe" else "a * b"
    true = db.execute(f"""select sum({pairs}) from (select count(*) n, count(*) filter (list = 'a') a, count(*) filter (list = 'b') b
                          from truth group by person)""").fetchall()[0][0]
    found = db.execute(f"""select round(p.match_weight, 1) w, sum((x.person = y.person)::int), count(*)
                           from {scored.physical_name} p join truth x on x.{of} = p.unique_id_l join truth y on y.{of} = p.unique_id_r
                           group by 1 order by 1 desc""").fetchall()
    best, right, all_found = 0.0, 0, 0
    for _, same, count in found:
        right, all_found = right + same, all_found + count
        best = max(best, 2 * right / (all_found + int(true)))
    print(json.dumps({"seconds": seconds, "candidates": candidates, "memory_mb": round(memory), "f1": round(best, 5)}))


main()
