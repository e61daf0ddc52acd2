//! The stages of an import on screen: files are read, their columns mapped, questions answered, the
//! whole checked, and then taken or dropped.
//!
//! Nothing here touches the document: a wizard is a proposal beside the current book. Inputs are
//! the worker's replies and the user's answers; the output is the [`Orders`] to build from.
//! Invariant: any change of what is read throws the check's outcome away.

use super::words;
use crate::base::Date;
use crate::ingest::layout::{Certainty, Choice, Column, Grain, Layout, Question};
use crate::ingest::problem::Fix;
use crate::ingest::role::{Kind, Role};
use crate::jobs::protocol::{
    Failure, FileHandle, FilePlan, Import, ImportReport, Orders, Rate, Staged,
};

/// How far a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// It is being looked at.
    Working,
    /// Looked at: a layout is proposed or agreed.
    Read(Box<Staged>),
    /// It cannot be read.
    Refused(Failure),
}

/// One file of the import.
#[derive(Debug, Clone, PartialEq)]
pub struct FileStage {
    /// The wizard's number for it.
    pub handle: FileHandle,
    /// The worker's number for its bytes, once they have been handed over; a workbook's sheets have
    /// one each.
    pub source: FileHandle,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// How far it is.
    pub reading: Reading,
    /// Repairs the user agreed to.
    pub fixes: Vec<Fix>,
    /// The questions asked about it, answered ones too, so that an answer can be changed.
    pub asked: Vec<Question>,
    /// Who says which currency its amounts are in, where no column does.
    pub stated: Stated,
    /// It is read as the user said of a file with the same columns.
    pub recalled: bool,
}

/// Who says which currency the amounts of a file are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stated {
    /// The file: a sign stands beside every amount.
    #[default]
    ByFile,
    /// The user.
    Now,
    /// The user, about a file with the same columns.
    Before,
}

/// A rate as typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TypedRate {
    /// The currency, as a code.
    pub currency: String,
    /// The text of the rate.
    pub rate: String,
    /// The day it is of, where that is said.
    pub date: Option<Date>,
}

/// The outcome of checking everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Check {
    /// Not asked yet.
    #[default]
    Open,
    /// Running.
    Working,
    /// A book stands ready beside the current one.
    Ready(Box<ImportReport>),
    /// It cannot be built.
    Failed(Failure),
}

/// What happens to the orders that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The new files take their place.
    #[default]
    Replace,
    /// The new files are merged into them.
    Add,
}

/// An import in progress.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wizard {
    /// The new files, in order of merging.
    pub files: Vec<FileStage>,
    /// What happens to the current orders.
    pub mode: Mode,
    /// The currency all amounts are turned into.
    pub base_currency: Option<String>,
    /// Rates as typed.
    pub rates: Vec<TypedRate>,
    /// The outcome of checking everything.
    pub check: Check,
}

/// A typed exchange rate with a decimal point.
///
/// # Errors
/// What to type instead, where it is no number above 0 or could be one of two.
pub fn exchange_rate(text: &str) -> Result<String, &'static str> {
    let plain = text.trim().replace(',', ".");
    let thousands = text.split_once(',').map(|(_, rest)| rest.trim().len());
    let rate = crate::base::money::parse_plain(&plain);
    match rate.filter(|rate| rate.is_sign_positive() && !rate.is_zero()) {
        None => Err("A rate is a number above 0, such as 0.92."),
        Some(rate) if thousands == Some(3) && !rate.trunc().is_zero() => {
            Err("1,234 can be read in two ways: write 1.234 or 1234.")
        }
        Some(_) => Ok(plain),
    }
}

impl FileStage {
    /// A file that is about to be looked at.
    pub fn new(handle: FileHandle, name: String, size: u64) -> Self {
        Self {
            handle,
            source: 0,
            name,
            size,
            sheet: None,
            reading: Reading::Working,
            fixes: Vec::new(),
            asked: Vec::new(),
            stated: Stated::default(),
            recalled: false,
        }
    }

    /// Nothing was said of it yet.
    fn unsay(&mut self) {
        self.fixes.clear();
        self.asked.clear();
        self.stated = Stated::default();
        self.recalled = false;
    }

    /// What was found in it, once it has been looked at.
    pub fn staged(&self) -> Option<&Staged> {
        match &self.reading {
            Reading::Read(staged) => Some(staged),
            Reading::Working | Reading::Refused(_) => None,
        }
    }

    /// Its layout, once there is one.
    pub fn layout(&self) -> Option<&Layout> {
        self.staged().map(|staged| &staged.layout)
    }

    /// Its layout where the user said something about it that is worth remembering.
    pub fn to_remember(&self) -> Option<&Layout> {
        self.layout().filter(|layout| {
            let confirmed = |column: &Column| column.certainty == Certainty::Confirmed;
            self.stated == Stated::Now || layout.columns.iter().any(confirmed)
        })
    }
}

impl Wizard {
    /// Whether there is nothing to show.
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file with this handle.
    pub fn file_mut(&mut self, handle: FileHandle) -> Option<&mut FileStage> {
        self.files.iter_mut().find(|file| file.handle == handle)
    }

    /// Adds a file that is about to be looked at.
    pub fn add(&mut self, file: FileStage) {
        self.check = Check::Open;
        self.files.push(file);
    }

    /// Takes a file out again.
    pub fn remove(&mut self, handle: FileHandle) {
        self.check = Check::Open;
        self.files.retain(|file| file.handle != handle);
    }

    /// Takes the worker's view of a file; what the user said before about the same headers stays.
    pub fn take(&mut self, handle: FileHandle, reading: Reading) {
        self.check = Check::Open;
        if let Some(file) = self.file_mut(handle) {
            if let (true, Reading::Read(staged)) = (file.asked.is_empty(), &reading) {
                file.asked.clone_from(&staged.layout.questions);
            }
            file.reading = reading;
        }
    }

    /// Changes the layout of a file; gives the new one, which the worker should preview.
    pub fn edit_layout(
        &mut self,
        handle: FileHandle,
        edit: impl FnOnce(&mut Layout),
    ) -> Option<Layout> {
        self.check = Check::Open;
        let file = self.file_mut(handle)?;
        let by_file = file.stated == Stated::ByFile;
        match &mut file.reading {
            Reading::Read(staged) => {
                edit(&mut staged.layout);
                // What signs say is looked for again: amounts may stand in another column now.
                if by_file {
                    staged.layout.currency = None;
                }
                Some(staged.layout.clone())
            }
            Reading::Working | Reading::Refused(_) => None,
        }
    }

    /// Says which currency all amounts of a file are in; nothing leaves it to the file again. Gives
    /// the new layout, as [`Wizard::edit_layout`].
    pub fn state_currency(
        &mut self,
        handle: FileHandle,
        currency: Option<String>,
    ) -> Option<Layout> {
        self.file_mut(handle)?.stated = match currency {
            Some(_) => Stated::Now,
            None => Stated::ByFile,
        };
        self.edit_layout(handle, |layout| layout.currency = currency)
    }

    /// Takes back what was said of a file, now and before. Returns the key of its headers.
    pub fn unsay(&mut self, handle: FileHandle) -> Option<String> {
        self.check = Check::Open;
        let file = self.file_mut(handle)?;
        let key = file.layout().map(Layout::header_key);
        file.unsay();
        key
    }

    /// Looks at another sheet of a workbook: what was said about the columns was about the other.
    pub fn choose_sheet(&mut self, handle: FileHandle, sheet: String) {
        self.check = Check::Open;
        if let Some(file) = self.file_mut(handle) {
            file.sheet = Some(sheet);
            file.unsay();
        }
    }

    /// Questions that must be answered before the files can be checked.
    pub fn open_questions(&self) -> usize {
        self.files
            .iter()
            .filter_map(FileStage::layout)
            .map(|layout| layout.questions.len())
            .sum()
    }

    /// How far the files are while nothing is checked: `working` while one is being looked at,
    /// `error` where one cannot be read.
    pub fn standing(&self) -> Option<&'static str> {
        let any = |is: fn(&Reading) -> bool| self.files.iter().any(|file| is(&file.reading));
        if any(|reading| *reading == Reading::Working) {
            Some("working")
        } else {
            any(|reading| matches!(reading, Reading::Refused(_))).then_some("error")
        }
    }

    /// What must be done before the files can be checked, in words; empty when nothing must.
    pub fn to_do(&self) -> String {
        let refused = |file: &&FileStage| matches!(file.reading, Reading::Refused(_));
        let names: Vec<String> = self
            .files
            .iter()
            .filter(refused)
            .map(|file| format!("\"{}\"", file.name))
            .collect();
        if !names.is_empty() && names.len() == self.files.len() {
            return "There is nothing to check: choose another file, or cancel.".into();
        }
        if !names.is_empty() {
            return format!("Leave out {} to go on.", names.join(" and "));
        }
        match self.open_questions() {
            0 => String::new(),
            n => {
                let questions = words::count(n as u64, "question", "questions");
                format!("{questions} to answer above first.")
            }
        }
    }

    /// The repairs that were agreed to: file, position among its own, and what it does.
    pub fn agreed(&self) -> Vec<(FileHandle, usize, String)> {
        let several = self.files.len() > 1;
        let listed = self.files.iter().flat_map(|file| {
            file.fixes.iter().enumerate().map(move |(at, fix)| {
                let name = several.then(|| format!("{}: ", file.name));
                let words = format!("{}{}", name.unwrap_or_default(), words::agreed(fix));
                (file.handle, at, words)
            })
        });
        listed.collect()
    }

    /// The typed rate of a currency.
    pub fn rate(&self, currency: &str) -> Option<&TypedRate> {
        self.rates.iter().find(|rate| rate.currency == currency)
    }

    /// The typed rate of a currency, to change it.
    pub fn rate_mut(&mut self, currency: &str) -> Option<&mut TypedRate> {
        if self.rate(currency).is_none() {
            self.rates.push(TypedRate {
                currency: currency.to_owned(),
                ..TypedRate::default()
            });
        }
        let mut rates = self.rates.iter_mut();
        rates.find(|rate| rate.currency == currency)
    }

    /// Whether everything can be checked now.
    pub fn can_check(&self) -> bool {
        !self.files.is_empty()
            && self.files.iter().all(|file| file.staged().is_some())
            && self.open_questions() == 0
    }

    /// What to build from: the current orders too when the new ones are to be added.
    pub fn orders(&self, current: &Orders) -> Orders {
        let mut import = match (self.mode, current) {
            (Mode::Add, Orders::Files(import)) => import.clone(),
            _ => Import::default(),
        };
        import.files.extend(self.files.iter().filter_map(|file| {
            Some(FilePlan {
                file: file.source,
                id: String::new(),
                name: file.name.clone(),
                size: file.size,
                sheet: file.sheet.clone(),
                layout: file.layout()?.clone(),
                fixes: file.fixes.clone(),
            })
        }));
        if self.base_currency.is_some() {
            import.base_currency.clone_from(&self.base_currency);
        }
        for typed in &self.rates {
            let known = |rate: &Rate| rate.currency == typed.currency;
            import.rates.retain(|rate| !known(rate));
            if let Ok(rate) = exchange_rate(&typed.rate) {
                import.rates.push(Rate {
                    currency: typed.currency.clone(),
                    rate,
                    date: typed.date,
                });
            }
        }
        Orders::Files(import)
    }

    /// The report of the check, once the book stands ready.
    pub fn report(&self) -> Option<&ImportReport> {
        match &self.check {
            Check::Ready(report) => Some(report),
            Check::Open | Check::Working | Check::Failed(_) => None,
        }
    }

    /// Whether the book that stands ready may become the current one.
    pub fn can_commit(&self) -> bool {
        self.report()
            .is_some_and(|report| report.rates_needed.is_empty() && report.in_book > 0)
    }

    /// The name of the file that a problem speaks of, where there are several.
    pub fn name_of_problem(&self, current: &Orders, position: u32) -> Option<String> {
        let before = match (self.mode, current) {
            (Mode::Add, Orders::Files(import)) => import.files.as_slice(),
            _ => &[],
        };
        let before = before.iter().map(|file| &file.name);
        let names: Vec<&String> = before
            .chain(self.files.iter().map(|file| &file.name))
            .collect();
        let at = usize::try_from(position).ok()?;
        names
            .get(at)
            .filter(|_| names.len() > 1)
            .map(|name| (*name).clone())
    }

    /// The file that a problem speaks of: problems count the files of the whole import.
    pub fn file_of_problem(&self, current: &Orders, position: u32) -> Option<FileHandle> {
        let before = match (self.mode, current) {
            (Mode::Add, Orders::Files(import)) => import.files.len(),
            _ => 0,
        };
        let at = usize::try_from(position).ok()?.checked_sub(before)?;
        self.files.get(at).map(|file| file.handle)
    }
}

/// What a file still lacks to become orders, in words; empty when nothing is missing.
pub fn missing(layout: &Layout) -> Vec<&'static str> {
    let has = |role| layout.column(role).is_some();
    let mut missing = Vec::new();
    if !(has(Role::Account) || has(Role::Email) || layout.grouped) {
        missing.push("a column that names the account");
    }
    let dated = match layout.grain {
        Grain::OrderLine => has(Role::Date),
        Grain::AccountSummary => has(Role::FirstDate) || has(Role::LastDate),
    };
    if !dated {
        missing.push("a column with the date of the order");
    }
    let priced = has(Role::Revenue)
        || has(Role::Total)
        || (has(Role::Quantity) && (has(Role::Price) || has(Role::ListPrice)));
    if !priced {
        missing.push("a column with the amount, or quantity and price");
    }
    missing
}

/// What was said before about the same headers, for a file found now: its samples and the way it
/// is written are its own, and so is a reading that its values leave no doubt of.
#[must_use]
pub fn recall(found: &Layout, known: &Layout) -> Layout {
    let mut layout = found.clone();
    layout.grain = known.grain;
    let questions = std::mem::take(&mut layout.questions);
    for (at, (column, before)) in layout.columns.iter_mut().zip(&known.columns).enumerate() {
        if before.certainty == Certainty::Confirmed {
            let new = column.proven && column.role == before.role && !reads_alike(column, before);
            column.role = before.role;
            let mut words = "as you said before for the same columns";
            if new {
                words = "read in another way than before: its values leave no doubt";
            } else {
                column.date_order = before.date_order.or(column.date_order);
                column.decimal = before.decimal.or(column.decimal);
            }
            column.certainty = Certainty::Confirmed;
            words.clone_into(&mut column.evidence);
        } else {
            layout
                .questions
                .extend(questions.iter().filter(|q| q.column == at).cloned());
        }
    }
    if layout.currency.is_none() && layout.column(Role::Currency).is_none() {
        layout.currency.clone_from(&known.currency);
    }
    layout
}

/// Whether two columns of one role are read in the same way.
fn reads_alike(a: &Column, b: &Column) -> bool {
    match a.role.map(Role::kind) {
        Some(Kind::Date) => a.date_order == b.date_order,
        Some(Kind::Number) => a.decimal == b.decimal,
        Some(Kind::Text) | None => true,
    }
}

/// Whether an answer is the reading that the layout has now, by the user's word.
pub fn is_answer(layout: &Layout, at: usize, choice: Choice) -> bool {
    layout.columns.get(at).is_some_and(|column| {
        column.certainty == Certainty::Confirmed
            && match choice {
                Choice::DateOrder(order) => column.date_order == Some(order),
                Choice::Decimal(mark) => column.decimal == Some(mark),
                Choice::Role(role) => column.role == role,
            }
    })
}

/// Whether a column has one sure meaning, or is surely ignored.
pub const fn is_sure(column: &Column) -> bool {
    matches!(column.certainty, Certainty::Confirmed | Certainty::Certain)
}

#[cfg(test)]
mod tests;
