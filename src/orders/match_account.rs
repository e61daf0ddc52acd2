//! Which account a row belongs to: the same customer spelled twice is one account.
//!
//! In: account cells and e-mail addresses as written. Out: account ids in the order of first
//! appearance. The match key is the name without what people spell differently: case, accents,
//! punctuation. Which names became one is in the report. A row without a name goes by the domain of
//! its e-mail address, unless the domain hands out mailboxes to everybody; then the whole address is
//! the account.

use super::names::{NONE, Names};
use crate::base::order::sort_by;
use crate::ingest::words::{listed, names, unaccented};

/// Domains whose users have nothing in common.
const FREE_MAIL: &str = "\
    icloud.com|me.com|mac.com|web.de|t-online.de|freenet.de|orange.fr|wanadoo.fr|free.fr|\
    laposte.net|sfr.fr|proton.me|protonmail.com|pm.me|mail.com|mail.ru|yandex.ru|qq.com|163.com|\
    126.com|zoho.com|fastmail.com|hey.com|comcast.net|verizon.net|att.net|cox.net|charter.net|\
    sbcglobal.net|bellsouth.net|earthlink.net|telefonica.net|terra.es|libero.it|virgilio.it|\
    tiscali.it|alice.it|bluewin.ch|btinternet.com|ntlworld.com|talktalk.net|sky.com|bigpond.com|\
    sympatico.ca|shaw.ca|rogers.com|telus.net|videotron.ca|seznam.cz|wp.pl|o2.pl|onet.pl|\
    interia.pl|ziggo.nl|kpnmail.nl|planet.nl|xs4all.nl|telenet.be|skynet.be|naver.com|uol.com.br|\
    aon.at|chello.at|arcor.de|mweb.co.za|telkomsa.net|vodamail.co.za|privaterelay.appleid.com";

/// The first words of domains that do so in many countries, and of those by which marketplaces hide
/// their buyers.
const FREE_FIRST: &str = "\
    gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|gmx|marketplace.amazon|\
    members.ebay";

/// Words of a company's legal form, which one spelling of a name has and another leaves out.
const FORMS: &str = "\
    ltd|limited|inc|incorporated|corp|corporation|co|company|llc|llp|lp|plc|gmbh|mbh|ag|kg|kgaa|ohg|se|\
    ug|sa|sas|sarl|srl|spa|sl|slu|bv|nv|oy|ab|as|aps|pty|lda|&|and|und";

/// Accounts as they are met.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    spellings: Names,
    account_of: Vec<u32>,
    rows: Vec<u32>,
    keys: Names,
    key: String,
    learned: (String, u32),
    /// Customers' numbers, and the account of each.
    numbers: Names,
    numbered: Vec<u32>,
    /// Accounts that have the number of another.
    alike: Vec<(u32, u32)>,
    domain_names: Names,
    domains: Vec<(u32, u32)>,
}

/// What the matching did.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// One name an account.
    pub names: Vec<String>,
    /// The new id of each account id, where accounts were joined.
    pub moved: Option<Vec<u32>>,
    /// Accounts that were spelled in several ways: the name chosen and the others.
    pub merged: Vec<(String, Vec<String>)>,
}

impl Matcher {
    /// The account of a name as written.
    pub fn by_name(&mut self, name: &str) -> u32 {
        let spelling = self.spellings.intern(name);
        let at = spelling as usize;
        if let Some(rows) = self.rows.get_mut(at) {
            *rows = rows.saturating_add(1);
            return self.account_of.get(at).copied().unwrap_or(NONE);
        }
        match_key(name, &mut self.key);
        let account = self.keys.intern(&self.key);
        self.account_of.push(account);
        self.rows.push(1);
        account
    }

    /// The account of an e-mail address, if it is one.
    pub fn by_email(&mut self, email: &str) -> Option<u32> {
        domain(email).map(|domain| self.by_name(domain))
    }

    /// Remembers that a named account writes from an address, so that rows which only have the
    /// address find it.
    pub fn learn(&mut self, email: &str, account: u32) {
        if self.learned.1 == account && self.learned.0 == email {
            return;
        }
        email.clone_into(&mut self.learned.0);
        self.learned.1 = account;
        let Some(domain) = domain(email) else { return };
        let own = self.domain_names.intern(domain);
        self.domains.push((own, account));
    }

    /// The account of a customer's number: that of the name it stood beside, else its own.
    pub fn by_number(&mut self, number: &str) -> u32 {
        let known = self.numbers.find(number);
        let account = known.and_then(|id| self.numbered.get(id as usize).copied());
        account.unwrap_or_else(|| self.by_name(number))
    }

    /// Remembers that a named account has a number, so that rows which only have that find it, and
    /// other spellings of its name.
    pub fn learn_number(&mut self, number: &str, account: u32) {
        let id = self.numbers.intern(number) as usize;
        match self.numbered.get(id) {
            None => self.numbered.push(account),
            Some(known) if *known == account => {}
            Some(known) => {
                let pair = (account, *known);
                if self.alike.last() != Some(&pair) {
                    self.alike.push(pair);
                }
            }
        }
    }

    /// How many account ids were given out.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// A spelling of an account, for messages.
    pub fn spelling(&self, account: u32) -> &str {
        let at = self.account_of.iter().position(|a| *a == account);
        self.spellings
            .name(at.and_then(|at| u32::try_from(at).ok()).unwrap_or(NONE))
    }

    /// Joins accounts known by their domain only with the named ones, and chooses names. `used`
    /// counts the lines by account; accounts without lines are dropped.
    pub fn finish(mut self, used: &[u32]) -> Matched {
        let to = self.joined();
        let target = |account: usize| to.get(account).copied().unwrap_or(NONE) as usize;
        let mut lines = vec![0_u64; to.len()];
        for (account, count) in used.iter().enumerate() {
            if let Some(sum) = lines.get_mut(target(account)) {
                *sum += u64::from(*count);
            }
        }
        let spellings = self.spellings_of(&to);
        let mut matched = Matched::default();
        let mut dense = vec![NONE; to.len()];
        for ((slot, list), lines) in dense.iter_mut().zip(&spellings).zip(&lines) {
            if *lines == 0 {
                continue;
            }
            *slot = u32::try_from(matched.names.len()).unwrap_or(NONE);
            let mut names = list
                .iter()
                .map(|(_, id)| self.spellings.name(*id).to_owned());
            let name = names.next().unwrap_or_default();
            let others: Vec<String> = names.collect();
            if !others.is_empty() {
                matched.merged.push((name.clone(), others));
            }
            matched.names.push(name);
        }
        let ids: Vec<u32> = (0..to.len())
            .map(|account| dense.get(target(account)).copied().unwrap_or(NONE))
            .collect();
        let same = ids.iter().enumerate().all(|(i, id)| *id as usize == i);
        matched.moved = (!same).then_some(ids);
        matched
    }

    /// The spellings of each account and their rows: the most frequent first, domains last.
    fn spellings_of(&self, to: &[u32]) -> Vec<Vec<(u32, u32)>> {
        let mut spellings: Vec<Vec<(u32, u32)>> = vec![Vec::new(); to.len()];
        for (id, (&account, &rows)) in (0_u32..).zip(self.account_of.iter().zip(&self.rows)) {
            let target = to.get(account as usize).copied().unwrap_or(NONE);
            if let Some(list) = spellings.get_mut(target as usize) {
                list.push((if target == account { rows } else { 0 }, id));
            }
        }
        for list in &mut spellings {
            sort_by(list, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        spellings
    }

    /// Where each account goes: itself, the one named account that uses its domain, or the one that had
    /// its number first.
    fn joined(&mut self) -> Vec<u32> {
        let count = u32::try_from(self.keys.len()).unwrap_or(NONE);
        let mut to: Vec<u32> = (0..count).collect();
        let mut key = String::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        self.keys.settle();
        for &(domain, account) in &self.domains {
            match_key(self.domain_names.name(domain), &mut key);
            if let Some(own) = self.keys.find(&key) {
                pairs.push((own, account));
            }
        }
        sort_by(&mut pairs, Ord::cmp);
        pairs.dedup();
        for same in pairs.chunk_by(|a, b| a.0 == b.0) {
            if let [(own, account)] = *same
                && own != account
                && let Some(slot) = to.get_mut(own as usize)
            {
                *slot = account;
            }
        }
        let bare = |id: u32| {
            let words = self.keys.name(id).split(' ');
            words.filter(|word| !listed(FORMS, word))
        };
        let mut alike = std::mem::take(&mut self.alike);
        sort_by(&mut alike, Ord::cmp);
        alike.dedup();
        for (account, known) in alike.into_iter().filter(|(a, b)| bare(*a).eq(bare(*b))) {
            if let Some(slot) = to
                .get_mut(account as usize)
                .filter(|slot| **slot == account)
            {
                *slot = known;
                pairs.push((account, known));
            }
        }
        // A name that is itself somebody's domain stays where it is, so nothing goes in circles.
        let targets: Vec<u32> = pairs.iter().map(|(_, account)| *account).collect();
        for target in targets {
            if let Some(slot) = to.get_mut(target as usize) {
                *slot = target;
            }
        }
        to
    }
}

/// The key under which two spellings are one account: lower case, without accents, quotes, brackets
/// and the points and commas that stand at no digit, words divided by one space. A name of nothing
/// else is its own key.
pub(super) fn match_key(name: &str, key: &mut String) {
    key.clear();
    let (mut space, mut digit) = (false, false);
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let number = digit && rest.peek().is_some_and(char::is_ascii_digit);
        digit = c.is_ascii_digit();
        match c {
            '.' | ',' if !number => {}
            '\'' | '"' | '’' | '“' | '”' | '„' | '(' | ')' => {}
            '-' | '–' | '_' | '/' => space = true,
            _ if c.is_whitespace() => space = true,
            _ => {
                if std::mem::take(&mut space) && !key.is_empty() {
                    key.push(' ');
                }
                for lower in c.to_lowercase() {
                    match unaccented(lower) {
                        Some(plain) => key.push_str(plain),
                        None => key.push(lower),
                    }
                }
            }
        }
    }
    if key.is_empty() {
        key.push_str(name.trim());
    }
}

/// What names the account in an address: the domain, or all of it where the domain is free mail.
fn domain(email: &str) -> Option<&str> {
    let email = email.trim();
    let (_, domain) = email.rsplit_once('@')?;
    let sound =
        domain.contains('.') && !domain.contains(char::is_whitespace) && !domain.starts_with('.');
    let first = |first: &str| {
        let head = domain.get(..first.len());
        let ends = domain.as_bytes().get(first.len()) == Some(&b'.');
        ends && head.is_some_and(|head| head.eq_ignore_ascii_case(first))
    };
    let free = names(FREE_MAIL).any(|free| domain.eq_ignore_ascii_case(free))
        || names(FREE_FIRST).any(first);
    sound.then_some(if free { email } else { domain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_customer_spelled_twice_is_one_account() {
        let mut matcher = Matcher::default();
        let ids = ["Acme Ltd", "ACME  LTD", "Bolt", " acme ltd ", "ACME  LTD"]
            .map(|name| matcher.by_name(name));
        assert_eq!(ids, [0, 0, 1, 0, 0]);
        let matched = matcher.finish(&[4, 1]);
        assert_eq!(matched.names, ["ACME  LTD", "Bolt"]);
        assert_eq!(matched.moved, None);
        assert_eq!(matched.merged.len(), 1);
    }

    #[test]
    fn punctuation_and_accents_make_no_other_customer_and_digits_do() {
        let key = |name: &str| {
            let mut key = String::new();
            match_key(name, &mut key);
            key
        };
        for (one, other) in [
            ("Acme, Inc.", "ACME Inc"),
            ("Müller-Werke GmbH", "Muller Werke GmbH"),
            ("O'Brien \"Tools\"", "OBrien Tools"),
            ("St. Mary (North)", "st mary north"),
        ] {
            assert_eq!(key(one), key(other));
        }
        for (one, other) in [
            ("10.1", "101"),
            ("10-1", "101"),
            ("A+ Tools", "A Tools"),
            ("C#1", "C1"),
            ("...", "---"),
            ("Acme Inc", "Acme LLC"),
        ] {
            assert_ne!(key(one), key(other));
        }
    }

    #[test]
    fn an_address_names_the_account_by_its_domain_but_not_by_free_mail() {
        let mut matcher = Matcher::default();
        assert_eq!(matcher.by_email("ann@acme.com"), Some(0));
        assert_eq!(matcher.by_email("bob@ACME.com"), Some(0));
        assert_eq!(matcher.by_email("ann@gmail.com"), Some(1));
        assert_eq!(matcher.by_email("bob@gmail.com"), Some(2));
        assert_eq!(matcher.by_email("nobody"), None);
    }

    #[test]
    fn a_row_with_only_an_address_finds_the_account_that_writes_from_it() {
        let mut matcher = Matcher::default();
        assert_eq!(matcher.by_email("ann@acme.com"), Some(0));
        let acme = matcher.by_name("Acme Ltd");
        matcher.learn("bob@acme.com", acme);
        let matched = matcher.finish(&[1, 1]);
        assert_eq!(matched.names, ["Acme Ltd"]);
        assert_eq!(matched.moved, Some(vec![0, 0]));
    }
}
