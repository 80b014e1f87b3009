//! Python as far as it shows through the framework: how it reads expressions and numbers, and how it
//! prints values into messages. It knows nothing of requests.

pub(super) mod expression;
pub(super) mod number;
pub(super) mod print;
mod tokens;
