//! Lines of an order that are a tax, a payment or a sum, by the words of their item.
//!
//! In: all lines. Out: those are left out that what the order sells contains already. A tax is, beside
//! other items; a sum is, where it comes to at least what they do and at most half as much again. A
//! deposit or what is left to pay is, beside items of the same day; on another day it is
//! a part of the order. A deposit with an order of its own is as well, unless the account has what was
//! left to pay, or the deposit was taken off again.

use super::book::{Attr, Measure};
use super::build::Builder;
use super::names::NONE;
use super::number::Num;
use crate::base::Date;
use crate::ingest::words::{listed, normalise};

/// Items that are a tax.
const TAX_LINES: &str = "\
    tax|taxes|sales tax|vat|gst|hst|pst|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|iva|btw|moms";

/// Items that are paid in advance.
const DEPOSITS: &str = "\
    deposit|customer deposit|down payment|advance payment|prepayment|anzahlung|anzahlungsrechnung|\
    vorauszahlung|acompte|anticipo|acconto|aanbetaling|zaliczka";

/// Items that are what is left to pay.
const RESTS: &str = "\
    balance|balance payment|remaining balance|final payment|restzahlung|schlusszahlung|solde|saldo";

/// Items that are the sum of the others.
const SUMS: &str = "\
    total|subtotal|sub total|grand total|net total|gross total|total net|total gross|total amount|\
    sum|net amount|amount due|summe|zwischensumme|gesamt|gesamtsumme|gesamtbetrag|nettobetrag|\
    bruttobetrag|rechnungsbetrag|endbetrag|total ht|total ttc|sous total|montant total|subtotale|\
    totale|subtotaal|totaal|suma|razem|nettosumme|warenwert|positionssumme|gesamt netto|\
    gesamt brutto|gesamtwert|value|amount|total net ht|net payer|net|netto|brutto|gross|count|\
    anzahl|nombre|total tax|total vat|total gst|total mwst|gesamt mwst|total tva|total iva|\
    totaal btw";

/// What stands beside them; the empty word is among them.
const BESIDE: &str = "\
    |plus|incl|including|excl|less|zzgl|abzgl|inkl|exkl|paid|invoice|rechnung|on|order|auftrag|delivery|\
    due|no|nr|for|of|a|la|bei|nach|lieferung|livraison|commande|facture|pedido|factura|eur|usd|gbp|chf";

/// What a line is, by the words of its item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Item {
    #[default]
    Goods,
    Tax,
    Deposit,
    Rest,
    Sum,
}

impl Item {
    fn of(name: &str) -> Self {
        // A rate may stand beside it, `zzgl. 19 % MwSt`, or the number of the order that is summed up.
        let numbered = !name.contains('%') && name.bytes().any(|b| b.is_ascii_digit());
        // Numbers of parts, of which there may be ten thousands, have no word of three letters.
        let letter = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
        let mut words = name.as_bytes().split(|b| !letter(b));
        if name.len() > 32 || words.all(|word| word.len() < 3) {
            return Self::Goods;
        }
        let name = normalise(name);
        let letters = |word: &&str| word.bytes().all(|b| b.is_ascii_alphabetic());
        let words = name.split([' ', '%', '.', ',', '(', ')']).filter(letters);
        let words: Vec<&str> = words.filter(|word| !listed(BESIDE, word)).collect();
        let name = words.join(" ");
        let kinds = [
            (SUMS, Self::Sum),
            (TAX_LINES, Self::Tax),
            (DEPOSITS, Self::Deposit),
            (RESTS, Self::Rest),
        ];
        let mut kinds = kinds
            .into_iter()
            .filter(|(_, kind)| !numbered || *kind == Self::Sum);
        let kind = kinds.find(|(list, _)| listed(list, &name));
        kind.map_or(Self::Goods, |(_, kind)| kind)
    }
}

/// Whether an item is called a sum, or what one counts.
pub(super) fn is_sum(name: &str) -> bool {
    Item::of(name) == Item::Sum
}

/// What an account was billed beside goods.
#[derive(Debug, Clone, Copy, Default)]
struct Billed {
    deposit: bool,
    taken_off: bool,
    rest: bool,
}

/// Whether an amount is that of an order's goods, or with tax and freight, but not many times that.
fn contains(own: Num, goods: Num) -> Option<bool> {
    let more = own.abs().minus(goods.abs())?.plus(Num::small(2, 2))?;
    let half = goods.over(Num::small(2, 0))?;
    let sold = !goods.is_zero() && own.is_negative() == goods.is_negative();
    Some(sold && !more.is_negative() && !more.abs_above(half))
}

impl Builder {
    /// Leaves out taxes and payments that what is sold contains already.
    #[inline(never)]
    pub(super) fn leave_out_charges(&mut self, keep: &mut [bool]) {
        let book = &self.book;
        let items = book.text(Attr::Item);
        let found: Vec<Item> = items.names.iter().map(Item::of).collect();
        if found.iter().all(|item| *item == Item::Goods) {
            return;
        }
        let one = Num::small(1, 0);
        let item = |line: usize| {
            let item = found.get(items.ids.get(line) as usize).copied();
            let pieces = book.amount(Measure::Quantity, line);
            let fits = |item: &Item| match item {
                Item::Sum => !book.amounts(Measure::Price).has(line),
                _ => pieces.is_none_or(|pieces| pieces.abs() == one),
            };
            item.filter(fits).unwrap_or_default()
        };
        let day = |line: usize| book.dates.get(line).copied();
        let account = |line: usize| book.account.get(line).copied().unwrap_or(NONE) as usize;
        // By order, the day of its first goods; by account, what was billed.
        let mut sold: Vec<Option<Date>> = vec![None; book.order_count()];
        let mut billed = vec![Billed::default(); self.matcher.len()];
        // By order, what its goods come to.
        let summed = found.contains(&Item::Sum);
        let mut goods = vec![Num::ZERO; if summed { book.order_count() } else { 0 }];
        for (line, order) in book.order.iter().enumerate() {
            let slots = (sold.get_mut(*order as usize), billed.get_mut(account(line)));
            let (Some(sold), Some(billed)) = slots else {
                continue;
            };
            let revenue = book.amount(Measure::Revenue, line);
            match item(line) {
                Item::Goods => {
                    *sold = sold.or(day(line));
                    if let Some((sum, revenue)) = goods.get_mut(*order as usize).zip(revenue) {
                        *sum = sum.plus(revenue).unwrap_or(*sum);
                    }
                }
                Item::Tax | Item::Sum => {}
                Item::Deposit if revenue.is_some_and(Num::is_negative) => billed.taken_off = true,
                Item::Deposit => billed.deposit = true,
                Item::Rest => billed.rest = true,
            }
        }
        for (line, (kept, order)) in keep.iter_mut().zip(&book.order).enumerate() {
            let sold = sold.get(*order as usize).copied().flatten();
            let beside = sold.is_some() && sold == day(line);
            let billed = billed.get(account(line)).copied().unwrap_or_default();
            let both = billed.deposit && billed.taken_off;
            let left = match item(line) {
                Item::Goods => false,
                Item::Tax => sold.is_some(),
                Item::Deposit => !both && (beside || sold.is_none() && !billed.rest),
                Item::Rest => beside,
                Item::Sum => {
                    let goods = goods.get(*order as usize).copied();
                    let both = goods.zip(book.amount(Measure::Revenue, line));
                    both.and_then(|(goods, own)| contains(own, goods)) == Some(true)
                }
            };
            if *kept && left {
                *kept = false;
                self.counts
                    .no_order("taxes, deposits and sums as lines of an order");
            }
        }
    }
}
