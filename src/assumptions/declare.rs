//! The two macros with which a capability declares its assumptions.

/// Declares assumptions: one entry each, and nothing else to edit.
///
/// From the entries come a struct of typed fields, its `SPECS`, and its reader from resolved
/// settings. The field's name is the key; its type gives the unit. A number has a range:
///
/// ```
/// use perennial::assumptions::{Assumptions, Estimates, PercentPerYear, Toggle, resolve};
/// perennial::assumptions! {
///     /// Two inputs.
///     pub struct Inputs;
///     rate: PercentPerYear = "10" {
///         label: "Rate", section: Future,
///         allowed: "0"..="100", usual: "0"..="30", step: "1", decimals: 2,
///         from_data: None, help: "What waiting a year costs.", enters: "Every future year.",
///         effect: Down, good: ["0", "7,5 %"], bad: ["-1", "abc"],
///     }
///     counted: Toggle = "on" {
///         label: "Counted", section: Definition,
///         from_data: None, help: "Whether it counts.", enters: "The sum.",
///         effect: None, good: ["on"], bad: ["maybe"],
///     }
/// }
/// let inputs = Inputs::read(&resolve(Inputs::SPECS, &Assumptions::default(), &Estimates::new()));
/// assert_eq!(inputs.rate.fraction(), 0.1);
/// assert!(inputs.counted.on());
/// ```
#[macro_export]
macro_rules! assumptions {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident;
        $(
            $field:ident: $kind:ty = $default:literal {
                label: $label:literal,
                section: $section:ident,
                $(
                    allowed: $low:literal ..= $high:literal,
                    usual: $from:literal ..= $to:literal,
                    step: $step:literal,
                    decimals: $decimals:literal,
                )?
                from_data: $from_data:expr,
                help: $help:literal,
                enters: $enters:literal,
                effect: $effect:ident,
                good: [$($good:literal),* $(,)?],
                bad: [$($bad:literal),* $(,)?] $(,)?
            }
        )*
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        $vis struct $name {
            $(#[doc = $help] pub $field: $kind,)*
        }

        impl $name {
            /// The definitions, in the order of the page.
            pub const SPECS: &'static [$crate::assumptions::Spec] = &[$(
                $crate::assumptions::Spec {
                    key: stringify!($field),
                    label: $label,
                    unit: <$kind as $crate::assumptions::Typed>::UNIT,
                    section: $crate::assumptions::Section::$section,
                    kind: $crate::assumptions!(
                        @kind $kind $(, ($low, $high), ($from, $to), $step)?
                    ),
                    decimals: 0 $(+ $decimals)?,
                    default: $default,
                    from_data: $from_data,
                    help: $crate::assumptions::spec::on_page($help),
                    enters: $crate::assumptions::spec::on_page($enters),
                    effect: $crate::assumptions::Effect::$effect,
                    good: $crate::assumptions::spec::natively(&[$($good),*]),
                    bad: $crate::assumptions::spec::natively(&[$($bad),*]),
                }
            ),*];

            /// The typed values. Total: what is missing or unreadable has its default.
            pub fn read(resolved: &$crate::assumptions::Resolved) -> Self {
                Self { $($field: resolved.typed(stringify!($field), $default),)* }
            }
        }
    };
    (@kind $kind:ty) => { <$kind as $crate::assumptions::Fixed>::KIND };
    (@kind $kind:ty, $allowed:expr, $usual:expr, $step:literal) => {
        $crate::assumptions::Kind::Number { allowed: $allowed, usual: $usual, step: $step }
    };
}

/// Declares a choice between named options, usable as the type of an assumption.
///
/// ```
/// perennial::choices! {
///     /// A size.
///     pub enum Size {
///         /// The small one.
///         Small = "small", "Small";
///         /// The large one.
///         Large = "large", "Large";
///     }
/// }
/// assert_eq!(Size::Large.key(), "large");
/// assert_eq!(Size::Large.position(), 2);
/// ```
#[macro_export]
macro_rules! choices {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(#[$first_doc:meta])* $first:ident = $first_key:literal, $first_label:literal;
            $($(#[$doc:meta])* $option:ident = $key:literal, $label:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        $vis enum $name {
            $(#[$first_doc])* #[default] $first,
            $($(#[$doc])* $option,)*
        }

        impl $name {
            /// Every option, in the order of the page.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$option),*];

            /// The stable name in links and files.
            pub const fn key(self) -> &'static str {
                match self { Self::$first => $first_key, $(Self::$option => $key,)* }
            }

            /// The name on screen.
            pub const fn label(self) -> &'static str {
                match self { Self::$first => $first_label, $(Self::$option => $label,)* }
            }

            /// Its place among the options, from 1, as formulas see it.
            pub fn position(self) -> usize {
                Self::ALL.iter().position(|o| *o == self).map_or(1, |i| i + 1)
            }
        }

        impl $crate::assumptions::Typed for $name {
            const UNIT: $crate::base::Unit = $crate::base::Unit::Text;
            fn read(canonical: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|o| o.key() == canonical)
            }
        }

        impl $crate::assumptions::Fixed for $name {
            const KIND: $crate::assumptions::Kind = $crate::assumptions::Kind::Choice(&[
                ($first_key, $first_label), $(($key, $label)),*
            ]);
        }
    };
}
