//! The fast ways against the plainest ones, on random records: conditions, blocking, counting, clusters, the index.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data fails")]

use std::collections::{BTreeMap, BTreeSet};

use linkage::block::RuleReport;
use linkage::cluster::{Clustering, cluster, connected};
use linkage::compare::Comparer;
use linkage::household::{Support, support};
use linkage::model::{Comparison, Condition, Level, Likeness, Link, Model, Rule, Side};
use linkage::online::Index;
use linkage::schema::{Derive, Schema};
use linkage::score::{Edge, score, waterfall};
use linkage::standard::{NumberRules, Read};
use linkage::table::Table;
use linkage::train::{Training, train};
use proptest::prelude::*;

/// A record as plain texts: name, town, number, date.
type Record = (u8, [String; 4]);

fn schema() -> Schema {
    Schema::default()
        .field("name", "name", Read::AsIs)
        .field("town", "town", Read::AsIs)
        .field("number", "number", Read::Digits(NumberRules { shortest: 2, longest: 16 }))
        .field("date", "date", Read::Date)
        .derived("words", "name", Derive::Words)
        .derived("start", "name", Derive::Part { from: 1, len: 2 })
        .derived("swapped", "date", Derive::Swapped)
        .derived("year", "date", Derive::Year)
        .derived("end", "number", Derive::Part { from: 3, len: 2 })
}

fn table(records: &[Record]) -> Table {
    let rows = records.iter().map(|(source, fields)| (*source, fields.iter().map(String::as_str).collect()));
    Table::read(&schema(), rows).unwrap()
}

fn record() -> impl Strategy<Value = Record> {
    let name = prop_oneof![Just(String::new()), "[AB]{1,3}( [ABC]{1,2})?"];
    let town = prop_oneof![Just(String::new()), "[XY]", "[AB]{1,2}"];
    let number = prop_oneof![Just(String::new()), "[12]{4}", "[12]{3}"];
    let date = prop_oneof![Just(String::new()), "(199[01])-0[12]-0[123]"];
    (0..2_u8, [name.boxed(), town.boxed(), number.boxed(), date.boxed()])
}

/// The plain value of a column.
fn plain(record: &Record, column: &str) -> Option<String> {
    let part = |text: &str, from: usize, len: usize| text.chars().skip(from).take(len).collect::<String>();
    let [name, town, number, date] = &record.1;
    let number = if number.bytes().all(|b| Some(b) == number.bytes().next()) { "" } else { number };
    let text = match column {
        "name" | "words" => name.clone(),
        "town" => town.clone(),
        "number" => number.to_owned(),
        "date" => date.clone(),
        "start" => part(name, 0, 2),
        "swapped" if !date.is_empty() => format!("{}-{}-{}", part(date, 0, 4), part(date, 8, 2), part(date, 5, 2)),
        "year" => part(date, 0, 4),
        "end" => part(number, 2, 2),
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

fn plain_levenshtein(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() || b.is_empty() {
        return a.len() + b.len();
    }
    let text = |s: &[char]| s.iter().collect::<String>();
    if a[0] == b[0] {
        return plain_levenshtein(&text(&a[1..]), &text(&b[1..]));
    }
    1 + plain_levenshtein(&text(&a[1..]), &text(&b[1..]))
        .min(plain_levenshtein(&text(&a[1..]), &text(&b)))
        .min(plain_levenshtein(&text(&a), &text(&b[1..])))
}

fn holds(condition: &Condition, left: &Record, right: &Record) -> bool {
    let side = |s: &Side| if *s == Side::Left { left } else { right };
    match condition {
        Condition::All(list) => list.iter().all(|c| holds(c, left, right)),
        Condition::Any(list) => list.iter().any(|c| holds(c, left, right)),
        Condition::Missing(s, c) => plain(side(s), c).is_none(),
        Condition::Present(s, c) => plain(side(s), c).is_some(),
        Condition::Equal(l, r) => plain(left, l).is_some() && plain(left, l) == plain(right, r),
        Condition::Different(l, r) => {
            let (x, y) = (plain(left, l), plain(right, r));
            x.is_some() && y.is_some() && x != y
        }
        Condition::Is(s, c, value) => plain(side(s), c).as_deref() == Some(value),
        Condition::IsNot(s, c, value) => plain(side(s), c).is_some_and(|v| v != *value),
        Condition::Measure(list, than, limit) => {
            let mut sum = 0.0;
            for m in list {
                let (Some(x), Some(y)) = (plain(left, &m.left), plain(right, &m.right)) else { return false };
                sum += match m.likeness {
                    Likeness::Levenshtein => plain_levenshtein(&x, &y) as f64,
                    Likeness::SharedWords => {
                        let words = |t: &str| t.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
                        words(&x).intersection(&words(&y)).count() as f64
                    }
                    other => panic!("{other:?} is not in this test"),
                };
            }
            than.holds(sum, *limit)
        }
        Condition::NoDate(..) => panic!("not in this test"),
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let text = prop_oneof![Just("name"), Just("town"), Just("start")];
    let any = prop_oneof![
        Just(("name", "name")),
        Just(("name", "town")),
        Just(("town", "start")),
        Just(("number", "number")),
        Just(("date", "swapped")),
        Just(("date", "date")),
        Just(("year", "year")),
        Just(("end", "end")),
        Just(("end", "number")),
    ];
    let side = prop_oneof![Just(Side::Left), Just(Side::Right)];
    let leaf = prop_oneof![
        any.clone().prop_map(|(l, r)| Condition::Equal(l.into(), r.into())),
        any.prop_map(|(l, r)| Condition::Different(l.into(), r.into())),
        (side.clone(), text.clone()).prop_map(|(s, c)| Condition::Missing(s, c.into())),
        (side.clone(), prop_oneof![Just("number"), Just("date")]).prop_map(|(s, c)| Condition::Present(s, c.into())),
        (side.clone(), "[AB]{1,2}").prop_map(|(s, v)| Condition::Is(s, "name".into(), v)),
        (side, "[12]{2}").prop_map(|(s, v)| Condition::IsNot(s, "end".into(), v)),
        (prop_oneof![Just("name"), Just("number"), Just("date")], 0..4_u32).prop_map(|(c, n)| Condition::near(
            Likeness::Levenshtein,
            c,
            f64::from(n)
        )),
        (1..3_u32).prop_map(|n| Condition::alike(Likeness::SharedWords, "words", f64::from(n))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            proptest::collection::vec(inner, 0..3).prop_map(Condition::Any),
        ]
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::on(&["town"])),
        Just(Rule::on(&["number"])),
        Just(Rule::on(&["start", "year"]).split_by(&["town"])),
        Just(Rule::on(&["year"]).split_by(&["name"])),
        Just(Rule { also: Some(Condition::differs("date")), ..Rule::on(&["name"]) }),
        Just(Rule { keys: vec![("date".into(), "swapped".into())], also: None, split_by: vec![] }),
        Just(Rule { keys: vec![("name".into(), "town".into())], also: None, split_by: vec![] }),
    ]
}

fn model(link: Link, conditions: Vec<Condition>, rules: Vec<Rule>, largest_block: usize) -> Model {
    let mut levels: Vec<Level> = conditions
        .into_iter()
        .enumerate()
        .map(|(i, when)| {
            let mut level = Level::when(&format!("level {i}"), when);
            (level.m, level.u) = (Some(0.5 / (i + 1) as f64), Some(0.01 * (i + 1) as f64));
            level
        })
        .collect();
    levels.push(Level { m: Some(0.1), u: Some(0.9), ..Level::other("other") });
    let mut town = Level::when("same town", Condition::same("town")).by_rarity("town");
    (town.m, town.u) = (Some(0.7), Some(0.2));
    let other = Level { m: Some(0.3), u: Some(0.8), ..Level::other("other") };
    Model {
        link,
        prior: 0.01,
        comparisons: vec![
            Comparison { name: "one".into(), levels },
            Comparison {
                name: "town".into(),
                levels: vec![Level::missing("none", Condition::missing("town")), town, other],
            },
        ],
        rules,
        largest_block,
        training: vec![],
        sure: vec![],
        sure_share: 1.0,
    }
}

/// Levels and weight of a pair, from the definition.
fn plain_score(model: &Model, records: &[Record], i: usize, j: usize) -> (Vec<usize>, f64) {
    let mut weight = (model.prior / (1.0 - model.prior)).log2();
    let mut levels = Vec::new();
    for comparison in &model.comparisons {
        let k =
            comparison.levels.iter().position(|l| l.when.as_ref().is_none_or(|c| holds(c, &records[i], &records[j])));
        let k = k.unwrap();
        let level = &comparison.levels[k];
        if !level.missing {
            weight += (level.m.unwrap() / level.u.unwrap()).log2();
        }
        if let Some(term) = &level.term {
            let share = |value: Option<String>| {
                let all = records.iter().filter(|r| plain(r, &term.column).is_some()).count();
                records.iter().filter(|r| plain(r, &term.column) == value).count() as f64 / all as f64
            };
            weight += (level.u.unwrap() / share(plain(&records[i], &term.column))).log2();
        }
        levels.push(k);
    }
    (levels, weight)
}

/// Which rule gives which pair: every pair, every rule, in order, with too large blocks split or left out.
fn plain_blocks(model: &Model, records: &[Record]) -> BTreeMap<(usize, usize), usize> {
    let key = |rule: &Rule, r: &Record, right: bool| {
        rule.keys.iter().map(|(a, b)| plain(r, if right { b } else { a })).collect::<Option<Vec<_>>>()
    };
    let mut given = BTreeMap::new();
    for (k, rule) in model.rules.iter().enumerate() {
        let symmetric = rule.keys.iter().all(|(a, b)| a == b);
        for i in 0..records.len() {
            for j in i + 1..records.len() {
                let (Some(left), Some(right)) = (key(rule, &records[i], false), key(rule, &records[j], true)) else {
                    continue;
                };
                let also = rule.also.as_ref().is_none_or(|c| holds(c, &records[i], &records[j]));
                if left != right || !also || !model.link.allows(records[i].0.into(), records[j].0.into()) {
                    continue;
                }
                let members =
                    |right: bool| records.iter().filter(|r| key(rule, r, right).as_ref() == Some(&left)).count();
                let fits = if symmetric {
                    let split = |r: &Record| rule.split_by.iter().map(|c| plain(r, c)).collect::<Option<Vec<_>>>();
                    let part = records
                        .iter()
                        .filter(|r| key(rule, r, false).as_ref() == Some(&left) && split(r) == split(&records[i]))
                        .count();
                    let same_part = !rule.split_by.is_empty()
                        && split(&records[i]).is_some()
                        && split(&records[i]) == split(&records[j]);
                    members(false) <= model.largest_block || same_part && part <= model.largest_block
                } else {
                    members(false) * members(true) <= model.largest_block * model.largest_block
                };
                if fits {
                    given.entry((i, j)).or_insert(k);
                }
            }
        }
    }
    given
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn levels_weights_and_waterfalls_are_those_of_the_definition(
        records in proptest::collection::vec(record(), 2..12),
        conditions in proptest::collection::vec(condition(), 1..4),
    ) {
        let table = table(&records);
        let model = model(Link::Dedupe, conditions, vec![Rule::on(&["town"])], 100);
        let comparer = Comparer::new(&model, &table).unwrap();
        let mut worker = comparer.worker();
        for i in 0..records.len() {
            for j in i + 1..records.len() {
                let (levels, weight) = plain_score(&model, &records, i, j);
                let (got, pattern) = comparer.score(&table, table.row(i), table.row(j), f64::NEG_INFINITY, &mut worker).unwrap();
                let got_levels: Vec<usize> = comparer.levels(pattern).into_iter().map(usize::from).collect();
                prop_assert_eq!(&got_levels, &levels);
                prop_assert!((got - weight).abs() < 1e-9, "{} {}", got, weight);
                // with a floor, the pair is there exactly if it reaches it
                for floor in [weight - 0.01, weight + 0.01] {
                    prop_assert_eq!(comparer.score(&table, table.row(i), table.row(j), floor, &mut worker).is_some(), floor < weight);
                }
                let bars = waterfall(&model, &comparer, &table, j, i);
                prop_assert!((bars.last().unwrap().sum - weight).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn each_pair_is_given_once_by_the_first_rule_that_holds(
        records in proptest::collection::vec(record(), 2..25),
        rules in proptest::collection::vec(rule(), 1..4),
        between in any::<bool>(),
        largest in 2..30_usize,
    ) {
        let table = table(&records);
        let link = if between { Link::Between } else { Link::Dedupe };
        let model = model(link, vec![Condition::same("name")], rules, largest);
        let scored = score(&model, &table, f64::NEG_INFINITY).unwrap();
        let expected = plain_blocks(&model, &records);
        let got: BTreeSet<(usize, usize)> = scored.edges.iter().map(|e| (e.left as usize, e.right as usize)).collect();
        prop_assert_eq!(got.len(), scored.edges.len(), "a pair came twice");
        prop_assert_eq!(got, expected.keys().copied().collect::<BTreeSet<_>>());
        for (k, report) in scored.rules.iter().enumerate() {
            let RuleReport { pairs, .. } = report;
            prop_assert_eq!(*pairs as usize, expected.values().filter(|r| **r == k).count());
        }
        for edge in &scored.edges {
            let weight = plain_score(&model, &records, edge.left as usize, edge.right as usize).1;
            prop_assert!((f64::from(edge.weight) - weight).abs() < 1e-4);
        }
    }

    #[test]
    fn the_index_finds_what_the_whole_job_finds(
        records in proptest::collection::vec(record(), 2..20),
        rules in proptest::collection::vec(rule(), 1..4),
        later in 0..6_usize,
    ) {
        let model = model(Link::Dedupe, vec![Condition::same("name"), Condition::same("year")], rules, 1_000);
        let asked = records.len() - 1;
        let fields: Vec<&str> = records[asked].1.iter().map(String::as_str).collect();
        let early = asked.saturating_sub(later);
        let mut index = Index::new(model.clone(), table(&records[..early])).unwrap();
        for record in &records[early..asked] {
            let fields: Vec<&str> = record.1.iter().map(String::as_str).collect();
            index.insert(record.0, &fields, 0.0, 5);
        }
        let found = index.find(records[asked].0, &fields, f64::NEG_INFINITY, 1_000);
        prop_assert_eq!(index.table().len(), asked, "a question leaves no trace");
        let again = index.find(records[asked].0, &fields, f64::NEG_INFINITY, 1_000);
        prop_assert_eq!(&found.edges, &again.edges);
        let expected: BTreeSet<u32> = plain_blocks(&model, &records)
            .into_keys()
            .filter(|(_, j)| *j == asked)
            .map(|(i, _)| i as u32)
            .collect();
        let got: BTreeSet<u32> = found.edges.iter().map(|e| e.left).collect();
        // the question is asked both ways round, so it may find more than the whole job, never less
        prop_assert!(got.is_superset(&expected), "{:?} {:?}", got, expected);
        index.settle();
        prop_assert_eq!(&index.find(records[asked].0, &fields, f64::NEG_INFINITY, 1_000).edges, &found.edges);
    }

    #[test]
    fn shares_by_counting_are_those_of_all_pairs(records in proptest::collection::vec(record(), 8..40), between in any::<bool>()) {
        let table = table(&records);
        let link = if between { Link::Between } else { Link::Dedupe };
        let comparison = Comparison {
            name: "name".into(),
            levels: vec![
                Level::missing("none", Condition::missing("name")),
                Level::when("same", Condition::same("name")),
                Level::when("same start, same town", Condition::same("start").and(Condition::same("town"))),
                Level::when("same start", Condition::same("start")),
                Level::other("other"),
            ],
        };
        let mut model = model(link, vec![], vec![Rule::on(&["town"])], 100);
        model.comparisons = vec![comparison];
        // as many random pairs as there are pairs: nearly every pair is looked at, and what is counted is exact
        train(&mut model, &table, Training { random_pairs: 1_000_000, ..Training::default() }).unwrap();
        let mut counts = [0.0_f64; 5];
        for i in 0..records.len() {
            for j in i + 1..records.len() {
                if model.link.allows(records[i].0.into(), records[j].0.into()) {
                    let levels = &model.comparisons[0].levels;
                    let fits = |l: &Level| l.when.as_ref().is_none_or(|c| holds(c, &records[i], &records[j]));
                    counts[levels.iter().position(fits).unwrap()] += 1.0;
                }
            }
        }
        let all: f64 = counts[1..].iter().sum();
        for (level, count) in model.comparisons[0].levels.iter().zip(counts).skip(1) {
            let expected = if all > 0.0 { count.max(0.5) / all } else { continue };
            prop_assert!((level.u.unwrap() - expected.min(1.0)).abs() < 1e-9, "{} {:?} {}", level.label, level.u, expected);
        }
    }

    #[test]
    fn clusters_obey_what_one_person_cannot_be(
        rows in 2..14_usize,
        raw in proptest::collection::btree_map((0..14_u32, 0..14_u32), -5.0..20.0_f64, 0..40),
        sources in proptest::collection::vec(0..3_u8, 14),
        numbers in proptest::collection::vec(0..4_u8, 14),
        mean in -8.0..4.0_f64,
    ) {
        let edges: Vec<Edge> = raw
            .into_iter()
            .filter(|((a, b), _)| a < b && (*b as usize) < rows)
            .map(|((left, right), w)| Edge { left, right, weight: w as f32, pattern: 0 })
            .collect();
        let unlike = |a: u32, b: u32| numbers[a as usize] * numbers[b as usize] != 0 && numbers[a as usize] != numbers[b as usize];
        let how = Clustering { threshold: 2.0, once: vec![0, 1], mean, unscored: -8.0 };
        let found = cluster(rows, &edges, &how, |r| sources[r as usize], unlike);
        let free = connected(rows, &edges, 2.0);
        for a in 0..rows as u32 {
            prop_assert!(found.person[a as usize] <= a);
            for b in 0..a {
                if found.person[a as usize] == found.person[b as usize] {
                    prop_assert!(sources[a as usize] != sources[b as usize] || sources[a as usize] == 2);
                    prop_assert!(!unlike(a, b));
                    prop_assert_eq!(free.person[a as usize], free.person[b as usize], "joined without a link");
                }
            }
        }
        // components by the plainest way
        let mut label: Vec<u32> = (0..rows as u32).collect();
        for _ in 0..rows {
            for e in edges.iter().filter(|e| e.weight >= 2.0) {
                let low = label[e.left as usize].min(label[e.right as usize]);
                label[e.left as usize] = low;
                label[e.right as usize] = low;
            }
        }
        prop_assert_eq!(&free.person, &label);
        // a pair that reached the threshold is joined or held back
        for e in edges.iter().filter(|e| e.weight >= 2.0) {
            let joined = found.person[e.left as usize] == found.person[e.right as usize];
            let held = found.held_back.iter().any(|h| (h.left, h.right) == (e.left, e.right));
            prop_assert!(joined || held);
        }
        // without any rule, the clusters are the components
        let lax = Clustering { threshold: 2.0, once: vec![], mean: f64::NEG_INFINITY, unscored: 0.0 };
        prop_assert_eq!(cluster(rows, &edges, &lax, |_| 0, |_, _| false).person, free.person);
    }

    #[test]
    fn a_supporting_pair_of_members_touches_neither_of_the_two(
        households in proptest::collection::vec(0..5_u64, 10),
        raw in proptest::collection::btree_map((0..10_u32, 0..10_u32), -5.0..20.0_f64, 0..25),
    ) {
        let edges: Vec<Edge> = raw
            .into_iter()
            .filter(|((a, b), _)| a < b)
            .map(|((left, right), w)| Edge { left, right, weight: w as f32, pattern: 0 })
            .collect();
        let of = |r: u32| households[r as usize];
        let found = support(10, &edges, of, 5.0);
        for (edge, support) in edges.iter().zip(found) {
            let (a, b) = (of(edge.left), of(edge.right));
            let silent = a == 0 || b == 0 || a == b || [a, b].iter().any(|h| households.iter().filter(|x| *x == h).count() < 2);
            prop_assert_eq!(support == Support::Silent, silent);
            let others = edges
                .iter()
                .filter(|e| {
                    let ends = BTreeSet::from([of(e.left), of(e.right)]);
                    e.weight >= 5.0 && ends == BTreeSet::from([a, b]) && [e.left, e.right].iter().all(|r| *r != edge.left && *r != edge.right)
                })
                .count();
            match support {
                Support::One => prop_assert!(others >= 1),
                Support::More => prop_assert!(others >= 2),
                _ => {}
            }
        }
    }
}

/// EM finds the shares that made the data.
#[test]
fn training_finds_the_shares_that_made_the_records() {
    let mut random = linkage::random::Random::new(5);
    let mut records: Vec<Record> = Vec::new();
    for person in 0..4_000_u32 {
        let name = format!("{}", random.below(3_000));
        let town = format!("T{}", random.below(40));
        let date = format!("19{:02}-{:02}-{:02}", 50 + random.below(40), 1 + random.below(12), 1 + random.below(28));
        let number = format!("98{:06}", person + 100_000);
        for source in 0..2 {
            if source == 1 && random.unit() < 0.5 {
                continue;
            }
            let town = if source == 1 && random.unit() < 0.1 { format!("T{}", random.below(40)) } else { town.clone() };
            let date = if source == 1 && random.unit() < 0.2 { String::new() } else { date.clone() };
            let name = if source == 1 && random.unit() < 0.3 { format!("{name}X") } else { name.clone() };
            records.push((source, [name, town, number.clone(), date]));
        }
    }
    let table = table(&records);
    let plain = |column: &str| Comparison {
        name: column.into(),
        levels: vec![
            Level::missing("none", Condition::missing(column)),
            Level::when("same", Condition::same(column)),
            Level::other("other"),
        ],
    };
    let mut model = model(Link::Between, vec![], vec![Rule::on(&["number"])], 1_000);
    model.comparisons = vec![plain("name"), plain("town"), plain("date")];
    model.training = vec![Rule::on(&["date"]), Rule::on(&["town"])];
    model.sure = vec![Rule::on(&["number"])];
    let report = train(&mut model, &table, Training::default()).unwrap();
    let matches = records.iter().filter(|r| r.0 == 1).count() as f64;
    assert_eq!(report.sure_pairs, matches as u64);
    assert!((model.prior * 4_000.0 * matches / matches - 1.0).abs() < 1e-6);
    let m = |c: usize| model.comparisons[c].levels[1].m.unwrap();
    assert!((m(0) - 0.7).abs() < 0.03, "{}", m(0));
    assert!((m(1) - 0.9).abs() < 0.03, "{}", m(1));
    assert!(m(2) > 0.99, "{}", m(2));
    let u = model.comparisons[1].levels[1].u.unwrap();
    assert!((u * 40.0 - 1.0).abs() < 0.1, "{u}");
}

#[test]
fn a_model_whose_levels_do_not_fit_one_number_is_refused() {
    let records = [(0, ["A", "X", "1112", ""]), (0, ["A", "X", "1122", ""])];
    let table = table(&records.map(|(source, fields)| (source, fields.map(str::to_owned))));
    let same = || Comparison {
        name: "name".into(),
        levels: vec![
            Level::when("same", Condition::same("name")).fixed(0.9, 0.1),
            Level::other("else").fixed(0.1, 0.9),
        ],
    };
    let model = |comparisons: usize| Model {
        link: Link::Dedupe,
        prior: 0.1,
        comparisons: (0..comparisons).map(|_| same()).collect(),
        rules: vec![Rule::on(&["name"])],
        largest_block: 100,
        training: vec![],
        sure: vec![],
        sure_share: 1.0,
    };
    assert_eq!(score(&model(32), &table, -9.0).unwrap().edges.len(), 1);
    let refused = score(&model(41), &table, -9.0).unwrap_err();
    assert!(refused.to_string().starts_with("the model has 41 comparisons"), "{refused}");
}
