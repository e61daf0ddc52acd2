//! The accounts table, exports and messages.

use super::*;
use perennial::jobs::protocol::REJECTED;

#[test]
fn the_table_is_searched_sorted_filtered_and_cut() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    worker.take(&[1]);
    let by = |sort: &str, descending| Query {
        sort: sort.into(),
        descending,
        ..Query::default()
    };
    assert_eq!(
        worker.table(by("revenue", true)),
        ["Bolt & Sons", "Acme GmbH", "Drill SA"]
    );
    assert_eq!(
        worker.table(by("revenue", false)),
        ["Drill SA", "Acme GmbH", "Bolt & Sons"]
    );
    assert_eq!(
        worker.table(by("name", false)),
        ["Acme GmbH", "Bolt & Sons", "Drill SA"]
    );
    assert_eq!(
        worker.table(by("name", true)),
        ["Drill SA", "Bolt & Sons", "Acme GmbH"]
    );
    let search = |search: &str| Query {
        search: search.into(),
        ..by("name", false)
    };
    assert_eq!(worker.table(search("ACME")), ["Acme GmbH"]);
    assert_eq!(worker.table(search("auto sons")), ["Bolt & Sons"]);
    assert_eq!(worker.table(search("nobody")), [""; 0]);
    let filters = vec![("segment".to_string(), "Energy".to_string())];
    assert_eq!(
        worker.table(Query {
            filters,
            ..by("name", false)
        }),
        ["Drill SA"]
    );
    let window = Query {
        from: 1,
        ..by("name", false)
    };
    assert_eq!(worker.table(window), ["Bolt & Sons", "Drill SA"]);
}

#[test]
fn the_sums_below_the_table_are_decimal_and_say_what_is_assumed_in_any_row() {
    // Sixty accounts; the cost of the last alone is missing. In floats, 60 x 0.1 is not 6.
    let mut text = String::from("Order,Date,Customer,Net revenue,Cost\n");
    for at in 0..60 {
        let cost = if at < 59 { "0.04" } else { "" };
        text.push_str(&format!("{at},2025-12-01,Account {at:02},0.10,{cost}\n"));
    }
    let mut worker = Worker::new(1 << 20, &[&text]);
    worker.take(&[1]);
    let columns = ["name", "revenue", "contribution", "lifetime"];
    let mut footer = |search: &str| {
        let table = Some(Query {
            search: search.into(),
            sort: "name".into(),
            columns: columns.map(String::from).to_vec(),
            ..Query::default()
        });
        let want = Want {
            table,
            ..Want::default()
        };
        worker
            .evaluate(&Assumptions::default(), want)
            .table
            .unwrap()
            .footer
    };
    let exact = |text: &str, exactness| {
        let amount = text.parse().unwrap();
        Shown::Number(Number::Exact(amount), exactness)
    };
    let all = footer("");
    assert_eq!(all[0], Shown::Empty(String::new()));
    assert_eq!(all[1], exact("6.00", Exactness::Exact));
    assert!(matches!(
        all[2],
        Shown::Number(Number::Exact(_), Exactness::Assumed)
    ));
    assert!(matches!(
        all[3],
        Shown::Number(Number::Float(_), Exactness::Assumed)
    ));
    // Those whose name has a 3 in it; none of them lacks a cost.
    let some = footer("3");
    assert_eq!(some[1], exact("1.50", Exactness::Exact));
    assert_eq!(some[2], exact("0.90", Exactness::Exact));
}
#[test]
fn without_orders_it_says_so() {
    let mut worker = Worker::new(64, &[]);
    let job = Job::Evaluate {
        assumptions: Assumptions::default(),
        as_of: None,
        want: everything(),
    };
    assert_eq!(failed(&worker.run(job).0), "no_orders");
    worker.build(Orders::None);
    worker.run(Job::Commit);
    let results = worker.evaluate(&Assumptions::default(), everything());
    assert_eq!((results.span, results.account), (None, None));
}

#[test]
fn tables_are_written_out() {
    let mut worker = Worker::new(64, &[ORDERS]);
    worker.take(&[1]);
    let csv = worker.export(ExportOf::Accounts(Query::default()), ExportFormat::Csv);
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count(), 4, "{csv}");
    let sheet = worker.export(ExportOf::Accounts(Query::default()), ExportFormat::Sheet);
    let sheet: perennial::metrics::Sheet = unpack(&sheet).unwrap();
    assert_eq!(sheet.rows.len(), 3);
    let rejected = worker.export(ExportOf::Rejected, ExportFormat::Csv);
    let of_book = worker.export(ExportOf::Sheet(REJECTED.into()), ExportFormat::Csv);
    assert_eq!(of_book, rejected);
    let rejected = String::from_utf8(rejected).unwrap();
    assert!(
        rejected.contains("not a date") && rejected.contains("Crane Ltd"),
        "{rejected}"
    );
    let report = worker.export(ExportOf::Report(Watched::default()), ExportFormat::Csv);
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report["metrics"]["revenue"]["value"], 12803.83);
    assert_eq!(report["accounts"].as_array().unwrap().len(), 3);
    assert_eq!(report["import"]["read"], 8);
}

#[test]
fn messages_arrive_as_they_were_sent() {
    let mut worker = Worker::new(64, &[ORDERS]);
    worker.take(&[1]);
    let results = worker.evaluate(&Assumptions::default(), everything());
    let reply = Reply::Results(Box::new(results));
    let bytes = pack(&reply);
    let again: Reply = unpack(&bytes).unwrap();
    assert!(again == reply, "not one digit may change");
    assert!(pack(&again) == bytes, "not one digit may change");
}
