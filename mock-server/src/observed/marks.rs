//! What `GET /_mock/rules` and `GET /_mock/assumptions` tell of what was observed.

use serde_json::{Value, json};

use super::{Cause, Field, Observed, Sample, Scope};

impl Observed {
    /// What was observed of the refusals of a rule; nothing where the fake says what it always says.
    pub(crate) fn of_rule(&self, id: &str) -> Option<Value> {
        let is_meant = |cause: &Cause| cause.rule.as_deref() == Some(id);
        self.if_any(
            self.texts(|sample| is_meant(&sample.cause)),
            self.fields(|scope| matches!(scope, Scope::Refused(cause) if is_meant(cause))),
        )
    }

    /// What was observed of an open question.
    pub(crate) fn of_assumption(&self, id: &str) -> Option<Value> {
        let has = |ids: &[String]| ids.iter().any(|known| known == id);
        self.if_any(
            self.texts(|sample| has(&sample.concerned)),
            self.fields(|scope| matches!(scope, Scope::Refused(cause) if has(&cause.assumptions))),
        )
    }

    /// What was observed of no rule: fields of answers that refuse nothing or of every refusal, words where no
    /// rule refuses.
    pub(crate) fn of_no_rule(&self) -> Value {
        let fields = self.fields(|scope| match scope {
            Scope::Refused(cause) => cause.rule.is_none(),
            Scope::Shown(_) | Scope::Refusals(_) => true,
        });
        self.told(self.texts(|sample| sample.cause.rule.is_none()), fields)
    }

    fn if_any(&self, texts: Vec<Value>, fields: Vec<Value>) -> Option<Value> {
        let any = !texts.is_empty() || !fields.is_empty();
        any.then(|| self.told(texts, fields))
    }

    fn told(&self, texts: Vec<Value>, fields: Vec<Value>) -> Value {
        json!({
            "id": self.id(),
            "on": self.0.on,
            "target": self.0.target,
            "texts": texts,
            "fields": fields,
        })
    }

    /// The words that are not the fake's, each once with the first step at which it was seen.
    fn texts(&self, is_meant: impl Fn(&Sample) -> bool) -> Vec<Value> {
        let mut told: Vec<Value> = Vec::new();
        for text in &self.0.texts {
            let mut known: Vec<(u16, &str)> = Vec::new();
            for sample in &text.samples {
                let said = (sample.cause.status, sample.to.as_str());
                if sample.to != text.from.text && is_meant(sample) && !known.contains(&said) {
                    known.push(said);
                    told.push(json!({
                        "status": sample.cause.status,
                        "part": text.part,
                        "instead_of": text.from.text,
                        "text": sample.to,
                        "step": sample.step,
                    }));
                }
            }
        }
        told
    }

    fn fields(&self, is_meant: impl Fn(&Scope) -> bool) -> Vec<Value> {
        let fields = self.0.fields.iter();
        let fields = fields.filter(|field| is_meant(&field.scope));
        fields.map(field).collect()
    }
}

fn field(field: &Field) -> Value {
    let of = match &field.scope {
        Scope::Shown(call) => format!("{} {}", call.method, call.path),
        Scope::Refused(cause) => format!("refusals with status {}", cause.status),
        Scope::Refusals(api) => format!("every refusal of {api}"),
    };
    json!({
        "of": of,
        "place": field.place,
        "field": field.name,
        "example": field.example,
        "step": field.step,
    })
}
