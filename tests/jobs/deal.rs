//! A deal needs assumptions and no orders.

use super::*;
use perennial::deals::Approval;
use perennial::jobs::protocol::{DealFrom, PageWant};

#[test]
fn a_deal_is_worked_out_with_orders_and_without() {
    for orders in [Orders::None, Orders::Sample] {
        let mut worker = Worker::new(64, &[]);
        worker.build(orders);
        assert_eq!(worker.run(Job::Commit).0, Reply::Done);
        let asked = PageWant {
            deal: true,
            ..PageWant::default()
        };
        let results = worker.evaluate(&Assumptions::default(), Want::of_page(&asked));
        let deal = results.of_page().deal.unwrap();
        assert_eq!(deal.approval, Approval::Free);
        assert!(deal.figures["deal_npv"].value.is_ok());
        let flows = deal.sheets.iter().find(|sheet| sheet.key == "deal_flows");
        assert_eq!(flows.unwrap().rows.len(), 6);
        let used = |key: &str| results.used.iter().find(|used| used.key == key).unwrap();
        assert!(used("deal_list").disabled.is_none());
        assert!(used("deal_break_rule").disabled.is_some());
    }
}

#[test]
fn a_deal_can_be_filled_from_the_accounts_there_are() {
    let mut worker = Worker::new(64, &[ORDERS]);
    worker.take(&[1]);
    let mut fill = |from| {
        let asked = PageWant {
            deal_from: Some(from),
            ..PageWant::default()
        };
        let results = worker.evaluate(&Assumptions::default(), Want::of_page(&asked));
        results.of_page().filled
    };
    for from in [
        DealFrom::Book,
        DealFrom::Segment("Aerospace".into()),
        DealFrom::Account("Acme GmbH".into()),
    ] {
        let filled = fill(from).unwrap();
        assert!(filled.values.len() > 4, "{filled:?}");
        let mut desk = Desk::default();
        let edit = Edit::Fill {
            from: filled.from.clone(),
            values: filled.values.clone(),
        };
        desk.apply(edit).unwrap();
        for (key, value) in &filled.values {
            let setting = &desk.document().assumptions.chosen[key];
            assert_eq!((&setting.value, setting.origin), (value, Origin::Filled));
        }
        assert_eq!(*desk.document().filled_from, filled.from);
        assert!(desk.undo());
        assert!(desk.document().assumptions.chosen.is_empty());
        assert!(desk.document().filled_from.is_empty());
    }
    let one = fill(DealFrom::Account("Acme GmbH".into())).unwrap();
    // 21 pieces for 2,400 in the last year.
    let value = |key: &str| {
        one.values
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    };
    assert_eq!(value("deal_volume"), Some("21"));
    assert_eq!(value("deal_list"), Some("114.2857"));
    assert_eq!(fill(DealFrom::Account("Nobody".into())), None);
}
