//! Rates of groups, what an account is expected to bring year by year, and what hangs loose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hand_made;

use hand_made::{book, chosen, ready};
use perennial::accounts::Accounts;
use perennial::metrics::{Cell, Figures, Number, Sheet};
use perennial::registry;
use perennial::value::{Evaluation, Headline, Prepared, Subject, estimates};

fn number(figures: &Figures, key: &str) -> f64 {
    match &figures[key].value {
        Ok(Number::Float(value)) => *value,
        Ok(Number::Exact(value)) => perennial::base::Money::new(*value).to_f64(),
        Err(why) => panic!("{key}: {}", why.0),
    }
}

fn close(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{what}: {a} {b}");
}

const PUMPS: usize = 1;

/// The figures of the book and of the segment Pumps, under settings.
fn figures(accounts: &Accounts, settings: &[(&str, &str)]) -> (Figures, Figures) {
    let (prepared, resolved) = ready(accounts, settings);
    let evaluation = Evaluation::new(accounts, &prepared, &resolved);
    let segment = evaluation.figures(Subject::Segment(PUMPS));
    (evaluation.figures(Subject::Book), segment)
}

#[test]
fn a_segment_is_valued_with_its_own_retention() {
    let accounts = book(60);
    for method in Headline::ALL {
        let at = |settings: &[(&str, &str)]| {
            figures(&accounts, &[settings, &[("method", method.key())]].concat())
        };
        let (book_60, segment_60) = at(&[("retention", "60")]);
        let (book_90, segment_90) = at(&[("retention", "90")]);
        let (mixed, own) = at(&[("retention", "60"), ("retention_by_name", "pumps = 90")]);
        for key in [
            "future_value",
            "lifetime_value",
            "l3",
            "l4",
            "l5",
            "l6",
            "l7",
            "l8",
            "l9",
        ] {
            close(number(&own, key), number(&segment_90, key), key);
        }
        assert!(own["l7"].note.is_none());
        for key in ["future_value", "l4", "l7", "l8", "new_npv"] {
            let [low, high] = [&book_60, &book_90].map(|book| number(book, key));
            let mixed = number(&mixed, key);
            assert!(
                low * 0.999_999 <= mixed && mixed <= high * 1.000_001,
                "{key}: {low} {mixed} {high}"
            );
        }
        // What the segment gains is what the book gains.
        for key in ["future_value", "l3", "l6", "l7"] {
            close(
                number(&mixed, key) - number(&book_60, key),
                number(&segment_90, key) - number(&segment_60, key),
                key,
            );
        }
        assert!(mixed["l4"].note.as_ref().unwrap().contains("added up"));
        close(
            number(&mixed, "l7"),
            number(&mixed, "expected_margin") * number(&mixed, "multiple"),
            "the multiple stays what L7 multiplies by",
        );
    }
}

#[test]
fn a_segment_can_take_the_retention_of_its_own_data() {
    let accounts = book(400);
    let on = [("segment_retention", "on"), ("retention", "50")];
    let (_, segment) = figures(&accounts, &on);
    close(
        number(&segment, "retention_used"),
        number(&segment, "retention_seen"),
        "the segment",
    );
    let (_, typed) = figures(
        &accounts,
        &[&on[..], &[("retention_by_name", "Pumps = 77")]].concat(),
    );
    close(
        number(&typed, "retention_used"),
        77.0,
        "what was typed comes first",
    );
    // Three accounts say too little.
    let few = book(3);
    let (_, segment) = figures(&few, &on);
    close(number(&segment, "retention_used"), 50.0, "the common rate");
}

#[test]
fn an_account_takes_its_salespersons_cost_before_its_segments() {
    let accounts = book(60);
    let settings = [
        ("cac", "1000"),
        ("cac_by_name", "AEROSPACE = 7000; Ada = 300.5; Nobody = 9"),
    ];
    let (prepared, resolved) = ready(&accounts, &settings);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let mut whole = 0.0;
    for (at, account) in accounts.list.iter().enumerate() {
        let expected = match (account.salesperson, account.segment) {
            (Some(0), _) => 300.5,
            (_, Some(0)) => 7000.0,
            _ => 1000.0,
        };
        whole += expected;
        close(evaluation.number("cac", at), expected, &account.name);
        let figures = evaluation.figures(Subject::Account(at));
        close(
            evaluation.values.lifetime[at],
            number(&figures, "lifetime_value"),
            &account.name,
        );
        let ratio = (number(&figures, "past_value") + number(&figures, "future_value")) / expected;
        close(evaluation.number("ltv_cac", at), ratio, &account.name);
    }
    let book = evaluation.figures(Subject::Book);
    close(number(&book, "cac_all"), whole, "the book's");
    let lifetimes: f64 = evaluation.values.lifetime.iter().sum();
    close(
        number(&book, "lifetime_value"),
        lifetimes,
        "the book is the sum of its accounts",
    );

    let sheet = evaluation.sheet("acquisition").unwrap();
    assert!(
        sheet.caption.contains("is called Nobody"),
        "{}",
        sheet.caption
    );
    let cac = |group: &str| cell(&sheet, group, "new_cac");
    close(cac("Ada"), 300.5, "Ada");
    assert!(cac("Ben") > 1000.0 && cac("Ben") < 7000.0);
    let sums = ["Ada", "Ben"].map(|name| cell(&sheet, name, "accounts"));
    close(sums[0] + sums[1], 60.0, "accounts");
    let spent = ["Ada", "Ben"].map(|name| cell(&sheet, name, "cac_new"));
    close(
        spent[0] + spent[1],
        cell(&sheet, "All accounts", "cac_new"),
        "spent",
    );
}

fn cell(sheet: &Sheet, row: &str, column: &str) -> f64 {
    let at = sheet.columns.iter().position(|c| c.key == column).unwrap();
    let row = sheet
        .rows
        .iter()
        .find(|r| r[0] == Cell::Text(row.into()))
        .unwrap();
    match &row[at] {
        Cell::Number(Number::Float(value), _) => *value,
        Cell::Number(Number::Exact(value), _) => perennial::base::Money::new(*value).to_f64(),
        other => panic!("{column}: {other:?}"),
    }
}

#[test]
fn lifetime_value_by_the_hour_that_is_short() {
    let accounts = book(400);
    let row = |settings: &[(&str, &str)], segment: &str| {
        let (prepared, resolved) = ready(&accounts, settings);
        let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
        let sheet = evaluation.sheet("segments").unwrap();
        let at = sheet
            .columns
            .iter()
            .position(|c| c.key == "ltv_per_hour")
            .unwrap();
        let row = sheet
            .rows
            .iter()
            .find(|r| r[0] == Cell::Text(segment.into()));
        row.unwrap()[at].clone()
    };
    assert!(matches!(row(&[], "Pumps"), Cell::Empty(why) if why.contains("constraint hours")));
    let per = |settings: &[(&str, &str)]| match row(settings, "Pumps") {
        Cell::Number(Number::Float(value), _) => value,
        other => panic!("{other:?}"),
    };
    let all = [("hours_order", "2")];
    let own = [("hours_order", "2"), ("hours_by_name", "Pumps = 8")];
    close(per(&own), per(&all) / 4.0, "four times the hours");
    let (_, figures) = figures(&accounts, &own);
    let hours = number(&figures, "hours");
    close(hours, 8.0 * number(&figures, "orders"), "hours so far");
}

/// The hours of each group are expected with its own retention, as its value is: what the segment
/// gains is what the book gains.
#[test]
fn the_hours_expected_go_by_each_groups_retention() {
    let accounts = book(400);
    let hours = [("hours_order", "2"), ("hours_by_name", "Pumps = 8")];
    let at = |retention: &[(&str, &str)]| figures(&accounts, &[&hours[..], retention].concat());
    let (low, _) = at(&[("retention", "60")]);
    let (_, of_60) = at(&[("retention", "60")]);
    let (_, of_90) = at(&[("retention", "90")]);
    let (mixed, own) = at(&[("retention", "60"), ("retention_by_name", "Pumps = 90")]);
    let ahead = |figures: &Figures| number(figures, "hours_ahead");
    close(ahead(&own), ahead(&of_90), "the segment");
    close(
        ahead(&mixed) - ahead(&low),
        ahead(&of_90) - ahead(&of_60),
        "the book",
    );
    close(
        number(&mixed, "ltv_per_hour"),
        number(&mixed, "lifetime_value") / (number(&mixed, "hours") + ahead(&mixed)),
        "value by the hour",
    );
    for key in ["hours_ahead", "l9"] {
        assert!(mixed[key].note.as_ref().unwrap().contains("added up"));
    }
}

#[test]
fn the_terms_of_every_method_add_up_to_the_future_value() {
    let accounts = book(60);
    for method in Headline::ALL {
        for extra in [
            &[][..],
            &[("timing", "monthly"), ("growth", "4"), ("horizon", "9")],
            &[("retention", "100"), ("timing", "mid")],
            &[("retention", "0"), ("measure", "average")],
            &[("discount", "0"), ("timing", "start")],
            &[("retention_by_name", "Pumps = 95; Ben = 70")],
        ] {
            let settings = [extra, &[("method", method.key())]].concat();
            let (prepared, resolved) = ready(&accounts, &settings);
            let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
            for at in 0..60 {
                if evaluation.values.lapsed[at] {
                    continue;
                }
                let future = evaluation.values.future[at];
                match evaluation.terms(at) {
                    Ok(terms) => close(terms.iter().sum(), future, &format!("{settings:?} {at}")),
                    Err(_) => assert!(future.is_nan(), "{settings:?}"),
                }
            }
        }
    }
}

#[test]
fn names_without_a_group_and_numbers_out_of_range_change_nothing() {
    let accounts = book(30);
    let prepared = Prepared::new(&accounts).unwrap();
    let resolve =
        |settings: &[(&str, &str)]| registry::resolve(&chosen(settings), &estimates(&prepared));
    let plain = resolve(&[]);
    let odd = resolve(&[
        ("cac_by_name", "Nowhere = 5"),
        ("retention_by_name", "Pumps = 500"),
    ]);
    let a = Evaluation::new(&accounts, &prepared, &plain);
    let b = Evaluation::new(&accounts, &prepared, &odd);
    assert_eq!(a.figures(Subject::Book), b.figures(Subject::Book));
}

#[test]
fn without_groups_their_rates_say_that_they_have_no_effect() {
    let disabled = |accounts: &Accounts| {
        let (prepared, resolved) = ready(accounts, &[]);
        let used = Evaluation::new(accounts, &prepared, &resolved).used();
        let groups = used
            .into_iter()
            .filter(|u| u.key.ends_with("_by_name") || u.key == "segment_retention");
        groups.filter(|u| u.disabled.is_some()).count()
    };
    assert_eq!(disabled(&book(30)), 0);
    assert_eq!(disabled(&Accounts::default()), 4);
}

/// The loose ends of these files, through the importer, as CSV.
fn loose_ends(texts: &[(&str, &str)]) -> String {
    use perennial::jobs::protocol::{ExportFormat, ExportOf, FilePlan, Import, Job, Orders, Reply};
    let bytes = (1..)
        .zip(texts)
        .map(|(at, (_, text))| (at, text.as_bytes().to_vec()));
    let memory = perennial::jobs::Memory(bytes.collect());
    let mut session = perennial::jobs::Session::new(1 << 20);
    let never = perennial::jobs::Never;
    let mut run = |job| perennial::jobs::run(&mut session, job, &memory, &never, &mut |_| {});
    let mut files = Vec::new();
    for (file, (name, _)) in (1..).zip(texts) {
        let stage = Job::Stage {
            file,
            name: (*name).into(),
            sheet: None,
            layout: None,
        };
        let Reply::Staged(staged) = run(stage).0 else {
            panic!("not staged")
        };
        let mut layout = staged.layout;
        layout.questions.clear();
        files.push(FilePlan {
            file,
            id: String::new(),
            name: (*name).into(),
            size: 0,
            sheet: None,
            layout,
            fixes: Vec::new(),
        });
    }
    let orders = Orders::Files(Import {
        files,
        ..Default::default()
    });
    run(Job::Build {
        orders,
        as_of: None,
    });
    assert_eq!(run(Job::Commit).0, Reply::Done);
    let (_, bytes) = run(Job::Export {
        assumptions: chosen(&[]),
        as_of: None,
        what: ExportOf::Sheet("orphans".into()),
        format: ExportFormat::Csv,
    });
    String::from_utf8(bytes.unwrap()).unwrap()
}

#[test]
fn what_hangs_loose_is_listed_with_what_to_do() {
    // A parent that nobody is, a circle, an account with a credit only.
    let csv = loose_ends(&[(
        "orders.csv",
        "Order,Date,Customer,Parent account,Partner,Net revenue\n\
         1,2026-01-05,Plant 1,Holding,,100\n\
         2,2026-01-06,A,B,,100\n\
         3,2026-01-07,B,A,,100\n\
         4,2026-01-08,Credited,,Nord,-20\n",
    )]);
    for row in [
        "Parents in a circle,A -> B -> A,",
        "Account without orders,Credited,\"Returns and credits only, named by partner Nord\",",
        "Parent without an account,Holding,",
    ] {
        assert!(csv.contains(row), "{row}\n{csv}");
    }
    assert_eq!(csv.lines().count(), 4, "{csv}");
}

#[test]
fn what_the_crm_has_and_the_erp_lacks_hangs_loose() {
    let csv = loose_ends(&[
        (
            "crm.csv",
            "Order,Date,Customer,Net revenue\n\
             1,2026-01-05,Acme,100\n2,2026-01-06,Bolt,100\n3,2026-01-07,Acme,100\n4,2026-01-08,Core,100\n",
        ),
        (
            "erp.csv",
            "Date,Order,Customer,Net revenue,Cost\n\
             2026-01-05,1,Acme,100,60\n2026-01-06,2,Bolt,100,60\n2026-01-09,5,Bolt,100,60\n",
        ),
    ]);
    for row in [
        "Account in one source only,Core,\"1 line in crm.csv, the last on 2026-01-08; none in erp.csv, which covers that time too\",",
        "Order in two systems,1 (Acme),\"100.00 in crm.csv, 100.00 in erp.csv; both count\",",
        "Order in two systems,2 (Bolt),",
        "Order in one source only,3 (Acme),\"1 line in crm.csv, the last on 2026-01-07; none in erp.csv,",
    ] {
        assert!(csv.contains(row), "{row}\n{csv}");
    }
    // Order 5 is later than the other file's end.
    assert_eq!(csv.lines().count(), 5, "{csv}");
}
