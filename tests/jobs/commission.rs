//! Schemes on an imported book: the golden file G2 through the worker, and a long band in parts.

use std::sync::Arc;

use super::*;
use perennial::commission::{Change, Schemes};
use perennial::jobs::protocol::{CommissionResults, CommissionWant, PageWant};
use perennial::metrics::Sheet;

const G2: &str = "Order,Date,Customer,Salesperson,Revenue,Cost of goods,Freight
1,2025-01-15,C1,Ana,50000,38000,1500
2,2025-02-10,C2,Ben,12000,7800,300
3,2025-03-05,C3,Ana,80000,66000,2400
4,2025-04-02,C3,Ana,-20000,-16500,0
5,2025-04-12,C2,Ben,12000,7800,300
6,2025-06-11,C2,Ben,14000,9100,350
7,2025-08-09,C2,Ben,14000,9100,350
8,2025-10-08,C2,Ben,16000,10400,400
9,2025-12-05,C2,Ben,16000,10400,400
";

fn schemes(ready: &[&str]) -> Arc<Schemes> {
    let mut schemes = Schemes::default();
    for key in ready {
        let add = Change::Add((*key).to_owned(), Some((*key).to_owned()));
        schemes = schemes.changed(add).unwrap().schemes;
    }
    Arc::new(schemes)
}

fn asked(worker: &mut Worker, want: CommissionWant) -> (CommissionResults, bool) {
    let page = PageWant {
        commission: Some(want),
        ..PageWant::default()
    };
    let results = worker.evaluate(&Assumptions::default(), Want::of_page(&page));
    let more = results.more;
    (results.of_page().commission.unwrap(), more)
}

fn sheet<'a>(found: &'a CommissionResults, key: &str) -> &'a Sheet {
    found.sheets.iter().find(|sheet| sheet.key == key).unwrap()
}

fn amounts(sheet: &Sheet, row: &str) -> Vec<String> {
    let named = |cells: &&Vec<Shown>| matches!(&cells[0], Shown::Text(text) if text == row);
    let cells = sheet.rows.iter().find(named).unwrap();
    let amount = |cell: &Shown| match cell {
        Shown::Number(Number::Exact(amount), _) => amount.normalize().to_string(),
        other => format!("{other:?}"),
    };
    cells[1..].iter().map(amount).collect()
}

fn want(schemes: &Arc<Schemes>, sheets: &[&str]) -> CommissionWant {
    CommissionWant {
        schemes: Arc::clone(schemes),
        sheets: sheets.iter().map(|key| (*key).to_owned()).collect(),
        ..CommissionWant::default()
    }
}

#[test]
fn g2_pays_as_published_and_says_who_brings_much_and_gets_little() {
    let mut worker = Worker::new(64, &[G2]);
    worker.take(&[1]);
    // A' (what is returned is taken back), B and C.
    let schemes = schemes(&["first", "all", "margin"]);
    let (found, _) = asked(
        &mut worker,
        want(&schemes, &["schemes", "payouts", "statement"]),
    );
    let payouts = sheet(&found, "payouts");
    assert_eq!(amounts(payouts, "Ana"), ["5500", "3300", "2232"]);
    assert_eq!(amounts(payouts, "Ben"), ["600", "2520", "3276"]);
    assert_eq!(amounts(payouts, "Total"), ["6100", "5820", "5508"]);
    let notes = found.notes.join(" ");
    assert!(
        notes.contains("Ben brings 59.5 % of the contribution and gets 9.8 % of the pay"),
        "{notes}"
    );
    assert_eq!(found.sellers, ["Ana", "Ben"]);
    assert_eq!((found.person.as_str(), found.people.len()), ("Ana", 2));
    // The statement is of the last period, and its lines add up to the payout.
    let statement = sheet(&found, "statement");
    assert!(!statement.rows.is_empty() && found.period.is_some());
}

#[test]
fn what_other_schemes_pay_stays_when_one_is_changed() {
    let mut worker = Worker::new(64, &[G2]);
    worker.take(&[1]);
    let schemes = schemes(&["first", "all", "margin"]);
    let before = asked(&mut worker, want(&schemes, &["payouts", "schemes"])).0;
    let change = Change::Set(2, "rate".into(), Some("6".into()));
    let changed = Arc::new(schemes.changed(change).unwrap().schemes);
    let after = asked(&mut worker, want(&changed, &["payouts", "schemes"])).0;
    assert_eq!(
        amounts(sheet(&before, "payouts"), "Total"),
        ["6100", "5820", "5508"]
    );
    assert_eq!(
        amounts(sheet(&after, "payouts"), "Total"),
        ["6100", "11640", "5508"]
    );
    let mut fresh = Worker::new(64, &[G2]);
    fresh.take(&[1]);
    assert_eq!(
        asked(&mut fresh, want(&changed, &["payouts", "schemes"])).0,
        after
    );
}

#[test]
fn bands_are_drawn_in_parts_until_they_are_there() {
    let mut worker = Worker::new(64, &[]);
    worker.build(Orders::Sample);
    assert_eq!(worker.run(Job::Commit).0, Reply::Done);
    let schemes = schemes(&["all", "tiers"]);
    let mut parts = 0;
    let found = loop {
        let (found, more) = asked(&mut worker, want(&schemes, &["schemes"]));
        parts += 1;
        assert!(parts < 300);
        if !more {
            break found;
        }
    };
    let low = sheet(&found, "schemes")
        .columns
        .iter()
        .position(|column| column.key == "low");
    let row = &sheet(&found, "schemes").rows[0];
    assert!(matches!(row[low.unwrap()], Shown::Number(..)), "{row:?}");
    // Asked again they are there at once.
    assert!(!asked(&mut worker, want(&schemes, &["schemes"])).1);
}

#[test]
fn every_table_of_the_page_is_there_and_can_be_written_out() {
    let mut worker = Worker::new(64, &[]);
    worker.build(Orders::Sample);
    assert_eq!(worker.run(Job::Commit).0, Reply::Done);
    let schemes = schemes(&["cliff", "margin", "lifetime"]);
    for (tab, _) in perennial::view::commission::TABS {
        let keys = perennial::view::commission::sheets_of(tab);
        let (found, _) = asked(&mut worker, want(&schemes, keys));
        assert_eq!(found.said.len(), 3);
        for key in keys {
            assert!(!sheet(&found, key).title.is_empty(), "{key}");
        }
        if *tab == "incentives" {
            // A cliff tempts.
            assert!(!found.findings.unwrap().is_empty());
        }
    }
}
