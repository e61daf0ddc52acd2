//! The batch example: the same pipeline as the page, from a terminal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

#[allow(dead_code)]
#[path = "../examples/batch.rs"]
mod batch;

use std::fs;
use std::path::PathBuf;

use perennial::models::Prior;
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn report(project: &str, orders: &[&str]) -> Value {
    report_by(project, orders, Prior::Weak)
}

fn report_by(project: &str, orders: &[&str], prior: Prior) -> Value {
    let orders: Vec<String> = orders.iter().map(|it| (*it).to_string()).collect();
    serde_json::from_str(&batch::report(project, &orders, prior).unwrap()).unwrap()
}

fn refusal(project: &str, orders: &[&str]) -> (u8, String) {
    let orders: Vec<String> = orders.iter().map(|it| (*it).to_string()).collect();
    let stop = batch::report(project, &orders, Prior::Weak).unwrap_err();
    (stop.code, stop.message)
}

#[test]
fn the_defaults_report_the_sample() {
    let found = report("-", &[]);
    assert_eq!(found["app"], "perennial");
    assert!(found["import"]["in_book"].as_u64().unwrap() > 2_000);
    assert!(found["accounts"].as_array().unwrap().len() > 50);
    for key in ["value", "unit", "basis", "exactness"] {
        assert!(!found["metrics"]["revenue"][key].is_null(), "{key}");
    }
    assert_eq!(found, report("-", &[]));
}

#[test]
fn the_report_says_who_should_have_ordered() {
    let found = report("-", &[]);
    let today = found["today"].as_array().unwrap();
    let stakes: Vec<f64> = today
        .iter()
        .map(|entry| entry["at_stake"].as_f64().unwrap())
        .collect();
    assert!(stakes.len() > 2 && stakes.windows(2).all(|pair| pair[0] >= pair[1]));
    let total = found["metrics"]["stake_total"]["value"].as_f64().unwrap();
    assert!((total - stakes.iter().sum::<f64>()).abs() < 1e-6 * total);
    let overdue = found["accounts"].as_array().unwrap().iter();
    let overdue = overdue.filter(|account| account["cycle"]["state"] == "overdue");
    let count = found["metrics"]["accounts_overdue"]["value"].as_f64();
    assert_eq!(count, Some(overdue.count() as f64));
    let first = &found["accounts"][0];
    assert!(
        first["cycle"]["reason"]
            .as_str()
            .unwrap()
            .contains("last order")
    );
    assert!(first["figures"]["alive_chance"]["value"].as_f64().is_some());
}

#[test]
fn the_report_says_what_was_fitted_and_what_is_forecast() {
    let found = report("-", &[]);
    let fit = &found["forecast"];
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value}"));
    let inside = |value: &Value, range: &Value| {
        number(&range[0]) <= number(value) && number(value) <= number(&range[1])
    };
    assert!(fit["words"][0].as_str().unwrap().contains("MBG/CNBD-"));
    assert_eq!(
        (&fit["cut"], &fit["decided_by"]),
        (&found["as_of"], &"orders".into())
    );
    assert_eq!(fit["regular"]["alpha"]["unit"], "weeks");
    for key in ["r", "alpha", "a", "b", "orders_per_week", "leaving_share"] {
        let parameter = &fit["regular"][key];
        let (low, high) = (
            number(&parameter["range"][0]),
            number(&parameter["range"][1]),
        );
        assert!(
            0.0 < low && low < high && number(&parameter["value"]) > 0.0,
            "{key}"
        );
    }
    assert!(inside(&fit["total"]["orders"], &fit["total"]["model"]));
    assert!(number(&fit["order_value"]["p"]) > 0.0);
    let board = &fit["backtest"][0];
    let by: Vec<&str> = board["scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|score| score["by"].as_str().unwrap())
        .collect();
    assert_eq!(by, ["perennial", "mbg_nbd", "own_rate", "latency"]);
    assert!(board["cut"].as_str().unwrap() < found["as_of"].as_str().unwrap());
    let mut seen = 0;
    let mut total = 0.0;
    for account in found["accounts"].as_array().unwrap() {
        let forecast = &account["forecast"];
        if forecast.is_null() {
            continue;
        }
        seen += 1;
        total += number(&forecast["orders"]);
        assert!((0.0..=1.0).contains(&number(&forecast["p_alive"])));
        assert!(
            number(&forecast["orders_with_luck"][0]) <= number(&forecast["orders_with_luck"][1])
        );
        let next = &forecast["next_order"];
        assert!(next["early"].as_str() <= next["middle"].as_str());
        assert!(account["last"].as_str() < next["late"].as_str());
        assert!(number(&forecast["order_value"]) > 0.0);
        let l12 = account["methods"]
            .as_array()
            .unwrap()
            .iter()
            .find(|m| m["id"] == "L12");
        let l12 = l12.unwrap();
        number(&l12["value"]);
        assert!(number(&l12["with_luck"][0]) <= number(&l12["with_luck"][1]));
    }
    assert!(seen > 50);
    assert!((total / number(&fit["total"]["orders"]) - 1.0).abs() < 1e-9);
}

#[test]
fn a_project_and_its_orders() {
    let folder = folder("project");
    let orders = folder.join("orders.csv");
    let lines = "Order;Date;Customer;Net revenue;Cost\n1;2025-03-31;Acme;1.234,50;600,00\n2;2025-04-30;Bolt;99,50;\n";
    fs::write(&orders, lines).unwrap();
    let project = folder.join("plan.json");
    fs::write(
        &project,
        r#"{"assumptions": {"retention": 70}, "as_of": "2025-12-31"}"#,
    )
    .unwrap();
    let found = report(project.to_str().unwrap(), &[orders.to_str().unwrap()]);
    assert_eq!(found["metrics"]["revenue"]["value"], 1334.0);
    assert_eq!(found["as_of"], "2025-12-31");
    let retention = found["assumptions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["key"] == "retention");
    assert_eq!(retention.unwrap()["value"], "70");
    assert_eq!(found["accounts"][0]["name"], "Acme");
    let why = found["forecast"]["why_not"].as_str().unwrap();
    assert!(why.contains("at least one repeat order"), "{why}");
}

#[test]
fn scenarios_goals_and_simulations_of_the_project_are_answered() {
    let folder = folder("scenarios");
    let project = folder.join("plan.json");
    fs::write(
        &project,
        r#"{
            "orders": "none",
            "scenarios": {
                "list": [{"id": 1, "name": "13 %", "changes": {"deal_discount": 13}}],
                "ranges": {"deal_volume": "8000 to 12000"},
                "goals": [{"metric": "deal_npv", "target": 0, "key": "deal_retention"}],
                "tornado": {"metric": "deal_npv", "percent": 10},
                "simulation": {"draws": 1000, "seed": 7}
            },
            "growth": {"offers": [{"name": "Audit", "values": {"fee": 900, "hours": 1}}]}
        }"#,
    )
    .unwrap();
    let found = report(project.to_str().unwrap(), &[]);
    let answers = &found["scenarios"];
    let npv = &answers["comparison"]["rows"][0]["cells"];
    let value = |at: usize| npv[at]["figure"]["value"].as_f64().unwrap();
    assert_eq!(
        format!("{:.2} {:.2}", value(0), value(1)),
        "39212.79 21824.94"
    );
    assert_eq!(answers["comparison"]["columns"][1]["name"], "13 %");
    let at = answers["goals"][0]["solutions"][0]["at"].as_f64().unwrap();
    assert_eq!(format!("{at:.2}"), "53.31");
    assert!(answers["tornado"]["bars"].as_array().unwrap().len() > 5);
    assert_eq!(answers["simulation"]["drawn"], 1000);
    assert_eq!(found["growth"]["offers"][0]["name"], "Audit");
    assert_eq!(found["growth"]["offers"][0]["worth"]["margin"], 840.0);
    assert_eq!(
        found["growth"],
        report(project.to_str().unwrap(), &[])["growth"]
    );
}

#[test]
fn the_schemes_of_the_project_are_paid_on_the_orders() {
    let folder = folder("schemes");
    let project = folder.join("schemes.json");
    let g2 = folder.join("g2.csv");
    fs::write(
        &g2,
        "Order number,Date,Customer,Salesperson,Revenue,Cost,Freight\n\
         1,2025-01-15,C1,Ana,50000,38000,1500\n2,2025-02-10,C2,Ben,12000,7800,300\n\
         3,2025-03-05,C3,Ana,80000,66000,2400\n4,2025-04-02,C3,Ana,-20000,-16500,0\n\
         5,2025-04-12,C2,Ben,12000,7800,300\n6,2025-06-11,C2,Ben,14000,9100,350\n\
         7,2025-08-09,C2,Ben,14000,9100,350\n8,2025-10-08,C2,Ben,16000,10400,400\n\
         9,2025-12-05,C2,Ben,16000,10400,400\n",
    )
    .unwrap();
    fs::write(
        &project,
        r#"{"schemes": {"list": [
            {"id": 1, "name": "A", "values": {"rate": 5, "repeats": "nothing", "returns": "ignored"}},
            {"id": 2, "name": "B", "values": {"rate": 3, "returns": "net"}},
            {"id": 3, "name": "Gate", "values": {"gate": 80}}
        ], "current": 1, "aims": {"target_bonus": "100: 500", "response": "0: 0; 3: 2"}}}"#,
    )
    .unwrap();
    let found = report(project.to_str().unwrap(), &[g2.to_str().unwrap()]);
    let commission = &found["commission"];
    let payouts = commission["payouts"].as_array().unwrap();
    let ben = payouts.iter().find(|row| row["payee"] == "Ben").unwrap();
    assert_eq!(
        (&ben["scheme_0"], &ben["scheme_1"]),
        (&600.0.into(), &2_520.0.into())
    );
    assert_eq!(commission["aims"]["response"], "0: 0; 3: 2");
    assert!(!commission["response_curve"].as_array().unwrap().is_empty());
    assert!(commission["targets"][0]["bonus"].is_number());
    let each = commission["by_scheme"].as_array().unwrap();
    assert_eq!((each.len(), &each[0]["in_use"]), (3, &true.into()));
    let lines = each[1]["statements"].as_array().unwrap();
    let (sums, lines): (Vec<&Value>, Vec<&Value>) =
        lines.iter().partition(|row| row["rule"] == "Payout");
    let sum =
        |rows: &[&Value]| -> f64 { rows.iter().filter_map(|row| row["amount"].as_f64()).sum() };
    assert_eq!((sum(&sums), sum(&lines)), (5_820.0, 5_820.0));
    let march = lines.iter().find(|row| row["order"] == "3").unwrap();
    assert_eq!(
        (&march["file_line"], &march["rate"]),
        (&4.0.into(), &3.0.into())
    );
    let findings = each[0]["findings"].as_array().unwrap();
    let loss = findings
        .iter()
        .find(|one| one["wrong"] == "PaidForLoss")
        .unwrap();
    let words = loss["words"].as_str().unwrap();
    assert!(
        words.contains("Cause: Basis. Tried and found for "),
        "{words}"
    );
    assert!(each[2]["refused"][0].as_str().unwrap().contains("quota"));
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = folder("refusals");
    let broken = folder.join("broken.json");
    fs::write(&broken, "{\"app\":").unwrap();
    let empty = folder.join("empty.csv");
    fs::write(&empty, "").unwrap();
    let ambiguous = folder.join("ambiguous.csv");
    fs::write(
        &ambiguous,
        "Customer,Date,Amount\nAcme,03/02/2026,5.00\nBolt,04/05/2026,6.00\n",
    )
    .unwrap();
    for (project, orders, code, word) in [
        ("missing.json", None, 2, "missing.json"),
        (broken.to_str().unwrap(), None, 1, "ends in the middle"),
        ("-", Some(&empty), 1, "empty"),
        ("-", Some(&ambiguous), 1, "03/02/2026"),
    ] {
        let orders: Vec<&str> = orders.iter().map(|path| path.to_str().unwrap()).collect();
        let (found, message) = refusal(project, &orders);
        assert_eq!(found, code, "{message}");
        assert!(message.to_lowercase().contains(word), "{message}");
    }
}

#[test]
fn exact_maximum_likelihood_assumes_nothing_and_fits_no_worse() {
    let (usual, exact) = (report("-", &[]), report_by("-", &[], Prior::None));
    let fit = |report: &Value| {
        let fit = &report["forecast"];
        let stages = fit["regular"]["stages"].as_u64().unwrap();
        let alpha = fit["regular"]["alpha"]["value"].as_f64().unwrap();
        (stages, alpha, fit["ln_likelihood"].clone())
    };
    let (usual, exact) = (fit(&usual), fit(&exact));
    assert_ne!(usual.1, exact.1);
    let most = |values: &Value| match values {
        Value::Number(number) => number.as_f64().unwrap(),
        Value::Object(all) => all["regular"].as_f64().unwrap(),
        other => other[0].as_f64().unwrap(),
    };
    if usual.0 == exact.0 {
        assert!(
            most(&exact.2) >= most(&usual.2) - 1e-6,
            "{exact:?} {usual:?}"
        );
    }
}
