//! Python's expressions, as far as the framework's `where` and `sort` look into them: what is no
//! literal, name, comparison, logic or call is only known to be an expression.

use super::tokens::{self, Token};

/// Brackets and prefixes that may enclose one another.
const DEEPEST: usize = 64;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Expression {
    /// A name, with its attributes: `sender_address.city`.
    Name(String),
    Text(String),
    Whole(i64),
    Fraction(f64),
    /// `True`, `False` or `None`.
    Constant(&'static str),
    Tuple(Vec<Expression>),
    List(Vec<Expression>),
    Dict(Vec<(Expression, Expression)>),
    Negative(Box<Expression>),
    /// The operands, and the operator behind each but the last.
    Comparison(Vec<Expression>, Vec<&'static str>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    Call(String, Vec<Expression>),
    /// Anything else, such as a sum.
    Other,
}

/// Reads one expression, or says why the text is none.
pub(in super::super) fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser {
        tokens: tokens::cut(text)?,
        at: 0,
        depth: 0,
    };
    let expression = parser.commas(None)?;
    match parser.tokens.get(parser.at) {
        None => Ok(expression),
        Some(unread) => Err(format!("{} has no place where it stands", shown(unread))),
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Name(name) => name.clone(),
        Token::Text(text) => format!("{text:?}"),
        Token::Whole(number) => number.to_string(),
        Token::Fraction(number) => number.to_string(),
        Token::Mark(mark) | Token::Word(mark) => (*mark).to_owned(),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Parsed = Result<Expression, String>;

impl Parser {
    fn take(&mut self, wanted: &Token) -> bool {
        let found = self.tokens.get(self.at) == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn take_any(&mut self, marks: &[&'static str]) -> Option<&'static str> {
        let found = marks.iter().find(|mark| {
            matches!(self.tokens.get(self.at), Some(Token::Mark(is) | Token::Word(is)) if is == *mark)
        });
        self.at += usize::from(found.is_some());
        found.copied()
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth == DEEPEST {
            return Err(format!("the expression has more than {DEEPEST} levels"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// One expression, or a tuple of several; what closes it may stand behind a last comma.
    fn commas(&mut self, close: Option<&'static str>) -> Parsed {
        let first = self.either()?;
        if self.take_any(&[","]).is_none() {
            return Ok(first);
        }
        let mut items = vec![first];
        while !self.ends(close) {
            items.push(self.either()?);
            if self.take_any(&[","]).is_none() {
                break;
            }
        }
        Ok(Expression::Tuple(items))
    }

    fn ends(&self, close: Option<&'static str>) -> bool {
        match (self.tokens.get(self.at), close) {
            (None, _) => true,
            (Some(Token::Mark(mark)), Some(close)) => *mark == close,
            _ => false,
        }
    }

    fn either(&mut self) -> Parsed {
        self.joined("or", Self::both, Expression::Or)
    }

    fn both(&mut self) -> Parsed {
        self.joined("and", Self::negated, Expression::And)
    }

    fn joined(
        &mut self,
        word: &'static str,
        operand: impl Fn(&mut Self) -> Parsed,
        whole: impl FnOnce(Vec<Expression>) -> Expression,
    ) -> Parsed {
        let mut operands = vec![operand(self)?];
        while self.take(&Token::Word(word)) {
            operands.push(operand(self)?);
        }
        Ok(if operands.len() == 1 {
            operands.remove(0)
        } else {
            whole(operands)
        })
    }

    fn negated(&mut self) -> Parsed {
        if self.take(&Token::Word("not")) {
            let operand = self.deeper(Self::negated)?;
            return Ok(Expression::Not(Box::new(operand)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        const OPERATORS: [&str; 9] = ["==", "!=", "<=", ">=", "<", ">", "in", "is", "not"];
        let mut operands = vec![self.arithmetic()?];
        let mut operators = Vec::new();
        while let Some(operator) = self.take_any(&OPERATORS) {
            let operator = match operator {
                "not" if self.take_any(&["in"]).is_some() => "not in",
                "not" => return Err("not has no place between two operands".to_owned()),
                "is" if self.take_any(&["not"]).is_some() => "is not",
                other => other,
            };
            operators.push(operator);
            operands.push(self.arithmetic()?);
        }
        Ok(match operands.len() {
            1 => operands.remove(0),
            _ => Expression::Comparison(operands, operators),
        })
    }

    /// Sums and the like: their values are never asked for.
    fn arithmetic(&mut self) -> Parsed {
        const OPERATORS: [&str; 13] = [
            "**", "//", "<<", ">>", "+", "-", "*", "/", "%", "@", "&", "|", "^",
        ];
        let mut whole = self.signed()?;
        while self.take_any(&OPERATORS).is_some() {
            self.signed()?;
            whole = Expression::Other;
        }
        Ok(whole)
    }

    fn signed(&mut self) -> Parsed {
        match self.take_any(&["+", "-", "~"]) {
            None => self.operand(),
            Some(sign) => {
                let operand = self.deeper(Self::signed)?;
                Ok(match (sign, operand) {
                    ("+", number @ (Expression::Whole(_) | Expression::Fraction(_))) => number,
                    ("-", number @ (Expression::Whole(_) | Expression::Fraction(_))) => {
                        Expression::Negative(Box::new(number))
                    }
                    _ => Expression::Other,
                })
            }
        }
    }

    /// An atom with what is hung on it: attributes, calls, subscripts.
    fn operand(&mut self) -> Parsed {
        let mut operand = self.deeper(Self::atom)?;
        while let Some(mark) = self.take_any(&[".", "(", "["]) {
            operand = match (mark, operand) {
                (".", operand) => self.attribute(operand)?,
                ("(", Expression::Name(name)) => Expression::Call(name, self.items(")")?),
                (_, _) => {
                    self.items(if mark == "(" { ")" } else { "]" })?;
                    Expression::Other
                }
            };
        }
        Ok(operand)
    }

    fn attribute(&mut self, owner: Expression) -> Parsed {
        let Some(Token::Name(attribute)) = self.tokens.get(self.at) else {
            return Err("a name must stand behind the dot".to_owned());
        };
        self.at += 1;
        Ok(match owner {
            Expression::Name(owner) => Expression::Name(format!("{owner}.{attribute}")),
            _ => Expression::Other,
        })
    }

    fn atom(&mut self) -> Parsed {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        Ok(match token {
            Some(Token::Name(name)) => Expression::Name(name),
            Some(Token::Text(text)) => Expression::Text(self.continued(text)),
            Some(Token::Whole(number)) => Expression::Whole(number),
            Some(Token::Fraction(number)) => Expression::Fraction(number),
            Some(Token::Word(word @ ("True" | "False" | "None"))) => Expression::Constant(word),
            Some(Token::Mark("(")) => self.bracket()?,
            Some(Token::Mark("[")) => Expression::List(self.items("]")?),
            Some(Token::Mark("{")) => self.dict()?,
            Some(other) => return Err(format!("{} has no place where it stands", shown(&other))),
            None => return Err("the expression ends too early".to_owned()),
        })
    }

    /// Texts that follow one another are one.
    fn continued(&mut self, mut text: String) -> String {
        while let Some(Token::Text(more)) = self.tokens.get(self.at) {
            text.push_str(more);
            self.at += 1;
        }
        text
    }

    fn bracket(&mut self) -> Parsed {
        if self.take_any(&[")"]).is_some() {
            return Ok(Expression::Tuple(Vec::new()));
        }
        let inner = self.commas(Some(")"))?;
        self.closed(")").map(|()| inner)
    }

    fn items(&mut self, close: &'static str) -> Result<Vec<Expression>, String> {
        let mut items = Vec::new();
        while self.take_any(&[close]).is_none() {
            items.push(self.either()?);
            if self.take_any(&[","]).is_none() {
                self.closed(close)?;
                break;
            }
        }
        Ok(items)
    }

    fn dict(&mut self) -> Parsed {
        let mut members = Vec::new();
        while self.take_any(&["}"]).is_none() {
            let key = self.either()?;
            self.closed(":")?;
            members.push((key, self.either()?));
            if self.take_any(&[","]).is_none() {
                self.closed("}")?;
                break;
            }
        }
        Ok(Expression::Dict(members))
    }

    fn closed(&mut self, mark: &'static str) -> Result<(), String> {
        self.take_any(&[mark])
            .map(|_| ())
            .ok_or_else(|| format!("{mark} is missing"))
    }
}
