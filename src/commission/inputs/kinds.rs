//! The choices of a scheme, and its tables as types.

use crate::assumptions::steps::Range;
use crate::assumptions::{Fixed, Kind, Typed};
use crate::base::Unit;

crate::choices! {
    /// Who is paid.
    pub enum Payee {
        /// The salesperson of an order.
        Rep = "rep", "Salespeople";
        /// The partner it came through.
        Partner = "partner", "Partners";
    }
}
crate::choices! {
    /// What a rate is applied to.
    pub enum Basis {
        /// Net of discount.
        Revenue = "revenue", "Revenue";
        /// Before discounts.
        List = "list", "List price";
        /// Revenue less cost of goods.
        Margin = "margin", "Gross margin";
        /// Revenue less cost, freight, rebates and tooling.
        Contribution = "contribution", "Contribution";
    }
}
crate::choices! {
    /// Whether freight we bear lowers the base.
    pub enum Freight {
        /// Only that of contribution.
        Usual = "usual", "Only from contribution";
        /// Always.
        Off = "off", "Taken off";
        /// Never.
        Kept = "kept", "Not taken off";
    }
}
crate::choices! {
    /// What an order that loses money pays.
    pub enum Negative {
        /// Nothing.
        Zero = "zero", "Pays nothing";
        /// A negative commission.
        Counted = "counted", "Lowers pay";
    }
}
crate::choices! {
    /// How often it is paid.
    pub enum Period {
        /// By calendar month.
        Month = "month", "Month";
        /// By calendar quarter.
        Quarter = "quarter", "Quarter";
        /// By calendar year.
        Year = "year", "Year";
    }
}
crate::choices! {
    /// Over what sales add up for tiers, quota and milestones.
    pub enum TierPeriod {
        /// The calendar year.
        Year = "year", "Year";
        /// The calendar quarter.
        Quarter = "quarter", "Quarter";
        /// The calendar month.
        Month = "month", "Month";
        /// Each order by itself.
        Order = "order", "Each order by itself";
        /// From the first sale on.
        Ever = "ever", "From the first sale on";
    }
}
crate::choices! {
    /// What an order is the first of.
    pub enum Key {
        /// The account.
        Account = "account", "Account";
        /// A plant of the account.
        Site = "site", "Plant";
        /// A part at the account.
        Item = "item", "Part";
    }
}
crate::choices! {
    /// What an order after the first pays.
    pub enum Repeats {
        /// What a first order pays.
        Same = "same", "As a first order";
        /// Nothing.
        Nothing = "nothing", "Nothing";
        /// A rate of its own.
        Own = "own", "A rate of its own";
        /// A rate by which order it is.
        Index = "index", "By the number of the order";
        /// A residual: a rate by months since the first order.
        Months = "months", "By months since the first order";
        /// A residual that depends on new business.
        NewBusiness = "new_business", "By months since the last new account";
    }
}
crate::choices! {
    /// What a renewal or an expansion pays.
    pub enum Special {
        /// What a repeat pays.
        Repeat = "repeat", "As a repeat";
        /// A rate of its own.
        Own = "own", "A rate of its own";
    }
}
crate::choices! {
    /// How a level works.
    pub enum Reach {
        /// Each part of the sum at its own level.
        Marginal = "marginal", "Only on what is above";
        /// The whole sum at the level it reached.
        Cliff = "cliff", "On all, back to the first";
    }
}
crate::choices! {
    /// In what tiers are written.
    pub enum TierUnit {
        /// Money.
        Money = "money", "Money";
        /// Percent of the quota.
        Quota = "quota", "% of quota";
    }
}
crate::choices! {
    /// What is paid once the gate is passed.
    pub enum Gate {
        /// All of it.
        First = "first", "From the first unit of money";
        /// What is above.
        Above = "above", "Only what is above it";
    }
}
crate::choices! {
    /// Whether a draw is paid back.
    pub enum Draw {
        /// It is not.
        Guarantee = "guarantee", "Guarantee, not paid back";
        /// From later commission.
        Recoverable = "recoverable", "Paid back from later commission";
    }
}
crate::choices! {
    /// What a return does.
    pub enum Returns {
        /// Takes back what the sale was paid.
        Paid = "paid", "Taken back at the rate paid";
        /// The period of the sale is computed again.
        Recomputed = "recomputed", "The sale's period is computed again";
        /// Counts as a negative sale where it happens.
        Net = "net", "A negative sale in its own period";
        /// Nothing.
        Ignored = "ignored", "Nothing is taken back";
    }
}
crate::choices! {
    /// How much a return takes back.
    pub enum Clawback {
        /// As much of it as was returned.
        ProRata = "pro_rata", "The returned share";
        /// All.
        Full = "full", "All of it";
        /// The part of the term that was not served.
        Term = "term", "The part of the term not served";
    }
}
crate::choices! {
    /// What happens when a period comes out below nothing.
    pub enum BelowZero {
        /// The statement is negative.
        Owed = "owed", "Paid back at once";
        /// Taken from later pay.
        Carried = "carried", "Carried to the next period";
        /// Forgiven.
        Waived = "waived", "Waived";
    }
}
crate::choices! {
    /// Which day counts.
    pub enum Event {
        /// The order's.
        Order = "order", "Order";
        /// The delivery's.
        Delivery = "delivery", "Delivery and invoice";
        /// The payment's.
        Payment = "payment", "Payment by the customer";
    }
}
crate::choices! {
    /// When what is held back is paid.
    pub enum Release {
        /// After some days.
        Days = "days", "After the days below";
        /// With the account's next order.
        NextOrder = "next_order", "When the account orders again";
    }
}
crate::choices! {
    /// Whose team base orders of nobody belong to.
    pub enum House {
        /// Nobody's.
        Excluded = "excluded", "Left out";
        /// All managers', in equal parts.
        Shared = "shared", "Shared by all managers";
    }
}
crate::choices! {
    /// What a SPIFF is paid for.
    pub enum Spiff {
        /// A new account.
        Account = "account", "The first order of an account";
        /// A new plant.
        Site = "site", "The first order of a plant";
        /// A new part.
        Item = "item", "The first order of a part";
        /// Any order.
        Every = "every", "Every order";
    }
}
crate::choices! {
    /// What milestones measure.
    pub enum Metric {
        /// Percent of the quota.
        Quota = "quota", "% of quota";
        /// What has been credited.
        Money = "money", "Credited sales";
        /// Accounts that ordered for the first time.
        NewAccounts = "new_accounts", "New accounts";
        /// Orders after an account's first.
        RepeatOrders = "repeat_orders", "Repeat orders";
    }
}
crate::choices! {
    /// What lifetime milestones add up.
    pub enum Lifetime {
        /// Revenue less cost, freight, rebates and tooling.
        Contribution = "contribution", "Contribution";
        /// Revenue less cost of goods.
        Margin = "margin", "Gross margin";
        /// Net of discount.
        Revenue = "revenue", "Revenue";
    }
}
crate::choices! {
    /// What growth is measured on.
    pub enum Growth {
        /// Each account that bought the year before.
        Kept = "kept", "Accounts of the year before";
        /// The whole.
        Whole = "whole", "All sales";
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident, $unit:ident, $range:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name;

        impl Typed for $name {
            const UNIT: Unit = Unit::$unit;
            fn read(_: &str) -> Option<Self> {
                Some(Self)
            }
        }

        impl Fixed for $name {
            const KIND: Kind = Kind::Steps(&$range);
        }
    )*};
}

/// A table of rates; its numbers are read by [`steps`](crate::assumptions::steps::steps).
const RATES: Range = Range {
    at: ("0", "1000000000"),
    at_decimals: 2,
    value: ("0", "100"),
    decimals: 4,
    from_zero: true,
    example: "0: 3; 300000: 5; 600000: 7",
};

tables! {
    /// Rates by money or percent of quota.
    RateBySales, Percent, RATES;
    /// Rates by gross margin in percent of the price.
    RateByMargin, Percent, Range { at: ("0", "100"), example: "0: 5; 20: 8; 33: 10", ..RATES };
    /// Rates by which order it is, or by months.
    RateByAge, Percent, Range {
        at: ("0", "1200"), at_decimals: 0, from_zero: false, example: "2: 4; 4: 3; 12: 1", ..RATES
    };
    /// Rates by years of term.
    RateByTerm, Percent, Range {
        at: ("0", "50"), at_decimals: 0, from_zero: false, example: "1: 3; 2: 4; 3: 5", ..RATES
    };
    /// Factors in percent by percent of quota or of retention.
    FactorByShare, Percent, Range {
        at: ("0", "100000"), value: ("0", "1000"), decimals: 2, example: "0: 50; 80: 100; 100: 150",
        ..RATES
    };
    /// Bonuses by percent of a target that was reached.
    BonusByReached, Money, Range {
        at: ("0", "1000"), value: ("0", "1000000000"), decimals: 2, from_zero: false,
        example: "80: 1000; 100: 3000", ..RATES
    };
    /// Points of retention by a rate in percent.
    PointsByRate, Count, Range {
        at: ("0", "100"), at_decimals: 4, value: ("-100", "100"), decimals: 2, from_zero: false,
        example: "0: 0; 2: 1.5; 5: 3",
    };
    /// Amounts by level.
    AmountByLevel, Money, Range {
        value: ("0", "1000000000"), decimals: 2, from_zero: false, example: "50: 2000; 100: 7000",
        ..RATES
    };
}
