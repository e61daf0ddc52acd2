//! An evaluator of formulas of its own: it shares no code with the library, so that a formula that
//! is shown cannot agree with a wrong computation by sharing its mistake.

use std::collections::BTreeMap;

/// A parsed expression.
#[derive(Debug, Clone)]
pub enum Tree {
    Number(f64),
    Name(String),
    Minus(Box<Tree>),
    Two(char, Box<Tree>, Box<Tree>),
    Call(String, Vec<Tree>),
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

/// Parses an expression whole.
pub fn parse(text: &str) -> Tree {
    let mut parser = Parser {
        text: text.as_bytes(),
        at: 0,
    };
    let tree = parser.sum();
    parser.space();
    assert_eq!(parser.at, parser.text.len(), "rest of {text}");
    tree
}

impl Parser<'_> {
    fn space(&mut self) {
        while self.text.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> u8 {
        self.space();
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn eat(&mut self, byte: u8) {
        assert_eq!(self.peek() as char, byte as char, "at {}", self.at);
        self.at += 1;
    }

    fn sum(&mut self) -> Tree {
        let mut left = self.product();
        while matches!(self.peek(), b'+' | b'-' | b'<') {
            let operator = self.peek() as char;
            self.at += 1;
            let right = self.product();
            left = Tree::Two(operator, Box::new(left), Box::new(right));
        }
        left
    }

    fn product(&mut self) -> Tree {
        let mut left = self.power();
        while matches!(self.peek(), b'*' | b'/') {
            let operator = self.peek() as char;
            self.at += 1;
            let right = self.power();
            left = Tree::Two(operator, Box::new(left), Box::new(right));
        }
        left
    }

    fn power(&mut self) -> Tree {
        let base = self.atom();
        if self.peek() == b'^' {
            self.at += 1;
            let exponent = self.power();
            return Tree::Two('^', Box::new(base), Box::new(exponent));
        }
        base
    }

    fn atom(&mut self) -> Tree {
        match self.peek() {
            b'-' => {
                self.at += 1;
                Tree::Minus(Box::new(self.power()))
            }
            b'(' => {
                self.at += 1;
                let inner = self.sum();
                self.eat(b')');
                inner
            }
            b'0'..=b'9' | b'.' => Tree::Number(self.word(b".").parse().unwrap()),
            _ => self.named(),
        }
    }

    fn word(&mut self, more: &[u8]) -> String {
        self.space();
        let start = self.at;
        while self
            .text
            .get(self.at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || more.contains(b))
        {
            self.at += 1;
        }
        String::from_utf8(self.text[start..self.at].to_vec()).unwrap()
    }

    fn named(&mut self) -> Tree {
        let name = self.word(b"_");
        assert!(!name.is_empty(), "a name at {}", self.at);
        if self.peek() != b'(' {
            return Tree::Name(name);
        }
        self.eat(b'(');
        let mut arguments = vec![self.sum()];
        while self.peek() == b',' {
            self.at += 1;
            arguments.push(self.sum());
        }
        self.eat(b')');
        Tree::Call(name, arguments)
    }
}

/// Every name in a tree, running variables included.
pub fn names(tree: &Tree, found: &mut Vec<String>) {
    match tree {
        Tree::Number(_) => {}
        Tree::Name(name) => found.push(name.clone()),
        Tree::Minus(inner) => names(inner, found),
        Tree::Two(_, a, b) => {
            names(a, found);
            names(b, found);
        }
        Tree::Call(_, arguments) => arguments.iter().for_each(|a| names(a, found)),
    }
}

/// Evaluates a tree; `Err` names the value that is missing.
pub fn evaluate(
    tree: &Tree,
    lookup: &dyn Fn(&str) -> Result<f64, String>,
    local: &BTreeMap<String, f64>,
) -> Result<f64, String> {
    let value = |tree: &Tree| evaluate(tree, lookup, local);
    match tree {
        Tree::Number(number) => Ok(*number),
        Tree::Name(name) => match local.get(name) {
            Some(number) => Ok(*number),
            None => lookup(name),
        },
        Tree::Minus(inner) => Ok(-value(inner)?),
        Tree::Two(operator, a, b) => {
            let (a, b) = (value(a)?, value(b)?);
            Ok(match operator {
                '+' => a + b,
                '-' => a - b,
                '*' => a * b,
                '/' => a / b,
                '^' => a.powf(b),
                '<' => f64::from(u8::from(a < b)),
                other => panic!("{other}"),
            })
        }
        Tree::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("min", [a, b]) => Ok(value(a)?.min(value(b)?)),
            ("max", [a, b]) => Ok(value(a)?.max(value(b)?)),
            ("if", [test, yes, no]) => {
                if value(test)? > 0.0 {
                    value(yes)
                } else {
                    value(no)
                }
            }
            ("pick", [choice, options @ ..]) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let place = value(choice)? as usize;
                value(&options[place - 1])
            }
            ("sum", [Tree::Name(variable), from, to, body]) => {
                let (mut at, to) = (value(from)?, value(to)?);
                let mut total = 0.0;
                while at <= to + 1e-9 {
                    let mut inner = local.clone();
                    inner.insert(variable.clone(), at);
                    total += evaluate(body, lookup, &inner)?;
                    at += 1.0;
                }
                Ok(total)
            }
            other => panic!("{other:?}"),
        },
    }
}
