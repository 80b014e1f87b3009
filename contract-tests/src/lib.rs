//! The harness: scenarios and walks against a target.
