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
fn orders_without_salespeople_say_why_nobody_is_paid() {
    let nobodys = G2
        .replace("Salesperson", "")
        .replace("Ana", "")
        .replace("Ben", "");
    let mut worker = Worker::new(64, &[&nobodys]);
    worker.take(&[1]);
    let (found, _) = asked(&mut worker, want(&schemes(&["all"]), &["statement"]));
    assert_eq!(found.notes.len(), 1, "{:?}", found.notes);
    assert!(found.notes[0].starts_with("The orders name no salesperson"));
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

fn numbers(sheet: &Sheet, row: usize) -> Vec<f64> {
    let number = |cell: &Shown| match cell {
        Shown::Number(Number::Float(number), _) => *number,
        Shown::Number(Number::Exact(number), _) => number.to_string().parse().unwrap(),
        _ => f64::NAN,
    };
    sheet.rows[row].iter().map(number).collect()
}

#[test]
fn the_curves_that_are_set_are_held_against_what_they_cost() {
    let file = "Order,Date,Customer,Salesperson,Revenue,Cost of goods
1,2023-12-20,C1,Ana,1000,700
2,2024-06-01,C1,Ana,100000,70000
3,2025-06-01,C1,Ana,130000,91000
4,2025-12-31,C1,Ana,100,70
";
    let mut worker = Worker::new(64, &[file]);
    worker.take(&[1]);
    let mut all = schemes(&["first", "all"]).as_ref().clone();
    for change in [
        Change::Aim("target_revenue".into(), Some("10".into())),
        Change::Aim("target_bonus".into(), Some("100: 6000".into())),
        Change::Aim("response".into(), Some("0: 0; 3: 4".into())),
    ] {
        all = all.changed(change).unwrap().schemes;
    }
    let keys = ["targets", "target_curve", "pays", "response_curve"];
    let found = asked(&mut worker, want(&Arc::new(all.clone()), &keys)).0;
    let targets = sheet(&found, "targets");
    let bonus = targets
        .columns
        .iter()
        .position(|c| c.key == "bonus")
        .unwrap();
    assert!((numbers(targets, 0)[bonus] - 6_000.0).abs() < 1e-6);
    // 100,000 a year ago, 110,000 aimed at, 130,100 reached; 30 % of 30,100 pay for 6,000.
    let curve = sheet(&found, "target_curve");
    let now = numbers(curve, 0);
    assert!((now[0] - 130_100.0 / 1_100.0).abs() < 1e-9, "{now:?}");
    assert_eq!(now[1], 6_000.0);
    assert!((now[2] - 9_030.0).abs() < 1e-6);
    let marks: Vec<&str> = curve
        .rows
        .iter()
        .filter_map(|row| match row.last() {
            Some(Shown::Text(what)) if !what.is_empty() => Some(what.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(marks, ["now", "break-even", "break-even"]);
    // From the baseline on while nothing is paid, and again from 120,000 on.
    assert!((numbers(curve, 1)[0] - 100_000.0 / 1_100.0).abs() < 1e-6);
    assert!((numbers(curve, 2)[0] - 120_000.0 / 1_100.0).abs() < 1e-6);
    assert!(curve.caption.contains("118.3 %"), "{}", curve.caption);
    // First orders only pay nothing on repeats: today's rate is 0.
    let response = sheet(&found, "response_curve");
    assert_eq!(numbers(response, 0)[..2], [0.0, 0.0]);
    assert!(
        response.caption.contains("0.00 % on repeat revenue"),
        "{}",
        response.caption
    );
    // At 3 % four points are expected; the same stands in the table of schemes.
    let at = response.rows.len() - 1;
    assert!(
        (1..=at).any(|row| (numbers(response, row)[0] - 3.0).abs() < 1e-9
            && numbers(response, row)[1] == 4.0)
    );
    let pays = sheet(&found, "pays");
    let gain = pays.columns.iter().position(|c| c.key == "gain").unwrap();
    assert!(numbers(pays, 0)[gain] > 0.0);
    // Without curves there is nothing to draw, and that is said.
    let none = schemes(&["first", "all"]);
    let found = asked(&mut worker, want(&none, &keys)).0;
    assert!(sheet(&found, "target_curve").rows.is_empty());
    assert!(
        sheet(&found, "response_curve")
            .caption
            .starts_with("Set what you expect")
    );
    for key in ["target_curve", "response_curve"] {
        let write = |share: f64| format!("{share:.1} %");
        let of = |found: &CommissionResults| {
            perennial::view::commission::chart(sheet(found, key), &write)
        };
        assert!(of(&found).is_none());
        let set = asked(&mut worker, want(&Arc::new(all.clone()), &keys)).0;
        assert_eq!(of(&set).unwrap().legend().len(), 2);
    }
}

#[test]
fn what_the_orders_say_of_delivery_and_payment_decides_and_what_they_lack_is_said() {
    let file = "Order,Order Date,Customer,Salesperson,Revenue,Delivery date,Payment date,Payment terms,Contract term
1,2025-01-10,C1,Ana,10000,2025-02-05,2025-04-20,Net 30,36
2,2025-01-20,C2,Ana,20000,2025-03-05,,Net 30,12
3,2025-02-10,C3,Ana,40000,,,,
";
    let mut worker = Worker::new(64, &[file]);
    worker.take(&[1]);
    let mut all = schemes(&["all", "all", "all", "all"]).as_ref().clone();
    for (id, key, value) in [
        (1, "event", "delivery"),
        (2, "event", "payment"),
        (3, "terms", "1: 1; 3: 5"),
    ] {
        let set = Change::Set(id, key.into(), Some(value.into()));
        all = all.changed(set).unwrap().schemes;
    }
    let all = Arc::new(all);
    let months = |worker: &mut Worker, scheme: u32| -> Vec<String> {
        let asked = asked(
            worker,
            CommissionWant {
                scheme: Some(scheme),
                ..want(&all, &["statement"])
            },
        );
        let mut periods: Vec<String> = asked.0.periods.into_iter().map(|one| one.1).collect();
        periods.reverse();
        periods
    };
    // Delivered in February and March; the third, 30 days after its order, in March.
    let delivered = months(&mut worker, 1);
    assert_eq!(delivered.len(), 2, "{delivered:?}");
    // Paid in April, by its terms in April (5 March and 30 days), and 30 days after the order.
    let paid = months(&mut worker, 2);
    assert_eq!(paid.len(), 2, "{paid:?}");
    assert_eq!(months(&mut worker, 4).len(), 2);
    let found = asked(&mut worker, want(&all, &["schemes"])).0;
    let assumed = |id: u32| {
        found
            .said
            .iter()
            .find(|one| one.id == id)
            .unwrap()
            .assumed
            .clone()
    };
    assert_eq!(
        assumed(1),
        [
            "1 of 3 order lines do not say when they were delivered: these are taken to be 30 days after \
          their order."
        ]
    );
    assert_eq!(assumed(2).len(), 2);
    assert!(
        assumed(2)[1].starts_with("1 of 3 order lines"),
        "{:?}",
        assumed(2)
    );
    assert!(assumed(3)[0].contains("for how long the contract is"));
    assert!(assumed(4).is_empty());
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.starts_with("Something is assumed for"))
    );
    // 5 % of the three years, 1 % of the others.
    let sheet = sheet(&found, "schemes");
    let at = sheet
        .columns
        .iter()
        .position(|column| column.key == "total")
        .unwrap();
    let Shown::Number(Number::Exact(total), _) = &sheet.rows[2][at] else {
        panic!("{:?}", sheet.rows[2]);
    };
    assert_eq!(total.normalize().to_string(), "1100");
}

#[test]
fn an_assumed_cost_is_the_accounts_own_and_a_statement_marks_it() {
    // C1 has a margin of 40 %, C2 that of its segment, C3 neither: that of the book, 30 %.
    let file = "Order,Date,Customer,Salesperson,Segment,Revenue,Cost of goods
1,2025-01-10,C1,Ana,Aero,10000,6000
2,2025-01-20,C1,Ana,Aero,10000,
3,2025-01-21,C2,Ana,Aero,10000,
4,2025-01-22,C3,Ana,Other,10000,
5,2025-01-23,C4,Ana,Third,10000,8000
";
    let mut worker = Worker::new(64, &[file]);
    worker.take(&[1]);
    let found = asked(
        &mut worker,
        want(&schemes(&["margin", "all"]), &["schemes", "statement"]),
    )
    .0;
    let statement = sheet(&found, "statement");
    let at = |key: &str| statement.columns.iter().position(|one| one.key == key);
    let (base, assumed) = (at("base").unwrap(), at("assumed").unwrap());
    assert!(statement.columns[assumed].help.contains("own margin"));
    let told = |row: &Vec<Shown>| matches!(&row[assumed], Shown::Text(text) if text == "cost");
    let marks: Vec<bool> = statement.rows.iter().map(told).collect();
    assert_eq!(marks, [false, true, true, true, false, false]);
    for (row, expected) in [4_000.0, 4_000.0, 4_000.0, 3_000.0, 2_000.0]
        .into_iter()
        .enumerate()
    {
        assert_eq!(numbers(statement, row)[base], expected, "{row}");
    }
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("its segment's"))
    );
    // What is paid on revenue needs no cost.
    let found = asked(&mut worker, want(&schemes(&["all"]), &["statement"])).0;
    let statement = sheet(&found, "statement");
    assert!(statement.columns.iter().all(|one| one.key != "assumed"));
}

#[test]
fn a_deal_is_paid_to_the_seller_in_the_middle_who_is_named() {
    // Zoe stands first in the file and sells most; Ben is in the middle, with a quota of his own.
    let file = "Order,Date,Customer,Salesperson,Revenue,Cost of goods
1,2025-01-10,C1,Zoe,900000,600000
2,2025-01-20,C2,Ana,1000,600
3,2025-01-21,C3,Ben,50000,30000
";
    let mut worker = Worker::new(64, &[file]);
    worker.take(&[1]);
    let pays = |worker: &mut Worker, quotas: &str| {
        let mut all = schemes(&["quota"]).as_ref().clone();
        let set = Change::Set(1, "quotas".into(), Some(quotas.into()));
        all = all.changed(set).unwrap().schemes;
        let found = asked(worker, want(&Arc::new(all), &["deal_pay"])).0;
        let sheet = sheet(&found, "deal_pay");
        assert!(
            sheet.caption.contains("What Ben, in the middle"),
            "{}",
            sheet.caption
        );
        numbers(sheet, 0)[2]
    };
    // Who is far from a quota is paid nothing; only Ben's own decides.
    assert!(pays(&mut worker, "Ben = 900000000").abs() < 1e-9);
    assert!(pays(&mut worker, "Zoe = 900000000; Ben = 10").abs() > 1.0);
}
