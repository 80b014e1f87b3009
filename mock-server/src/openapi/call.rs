//! A call: what serves a method of a path, and what the document says of it. There is not one without the other.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::{Operation, Path};
use crate::platform::assumption::Answers;

/// What the document says of a call, under these answers to open questions. Asked only when a document is.
type Describe = Box<dyn Fn(&Answers) -> Operation + Send + Sync>;

/// A method of a path.
pub(crate) struct Call {
    /// The method.
    pub(crate) method: Method,
    /// What serves it.
    pub(crate) handler: MethodRouter,
    describe: Describe,
}

impl Call {
    /// `GET`, and `HEAD` with it.
    pub(crate) fn get<H: Handler<T, ()>, T: 'static>(
        handler: H,
        describe: impl Fn(&Answers) -> Operation + Send + Sync + 'static,
    ) -> Self {
        Self::on(MethodFilter::GET, Method::GET, handler, describe)
    }

    /// `POST`.
    pub(crate) fn post<H: Handler<T, ()>, T: 'static>(
        handler: H,
        describe: impl Fn(&Answers) -> Operation + Send + Sync + 'static,
    ) -> Self {
        Self::on(MethodFilter::POST, Method::POST, handler, describe)
    }

    /// `PUT`.
    pub(crate) fn put<H: Handler<T, ()>, T: 'static>(
        handler: H,
        describe: impl Fn(&Answers) -> Operation + Send + Sync + 'static,
    ) -> Self {
        Self::on(MethodFilter::PUT, Method::PUT, handler, describe)
    }

    /// `PATCH`.
    pub(crate) fn patch<H: Handler<T, ()>, T: 'static>(
        handler: H,
        describe: impl Fn(&Answers) -> Operation + Send + Sync + 'static,
    ) -> Self {
        Self::on(MethodFilter::PATCH, Method::PATCH, handler, describe)
    }

    /// `DELETE`.
    pub(crate) fn delete<H: Handler<T, ()>, T: 'static>(
        handler: H,
        describe: impl Fn(&Answers) -> Operation + Send + Sync + 'static,
    ) -> Self {
        Self::on(MethodFilter::DELETE, Method::DELETE, handler, describe)
    }

    fn on<H: Handler<T, ()>, T: 'static>(
        filter: MethodFilter,
        method: Method,
        handler: H,
        describe: impl Fn(&Answers) -> Operation + Send + Sync + 'static,
    ) -> Self {
        Self {
            method,
            handler: on(filter, handler),
            describe: Box::new(describe),
        }
    }

    /// The same call with its handler wrapped.
    pub(crate) fn layered(mut self, layer: impl FnOnce(MethodRouter) -> MethodRouter) -> Self {
        self.handler = layer(self.handler);
        self
    }

    /// What the document says of it.
    pub(crate) fn described(&self, answers: &Answers) -> Operation {
        (self.describe)(answers)
    }
}

/// The calls of an API, in the order in which its document lists them.
#[derive(Default)]
pub(crate) struct Calls(Vec<(&'static str, Call)>);

impl Calls {
    /// Adds a call at a path.
    pub(crate) fn at(mut self, path: &'static str, call: Call) -> Self {
        self.0.push((path, call));
        self
    }

    /// The router that serves them.
    pub(crate) fn router(self) -> Router {
        let calls = self.0.into_iter();
        calls.fold(Router::new(), |router, (path, call)| {
            router.route(path, call.handler)
        })
    }

    /// What the document says of them, below this prefix.
    pub(crate) fn paths(&self, prefix: &str, answers: &Answers) -> Vec<Path> {
        let mut paths: Vec<Path> = Vec::new();
        for (path, call) in &self.0 {
            // Below a prefix the root is the prefix itself.
            let whole = match *path {
                "/" if !prefix.is_empty() => prefix.to_owned(),
                path => format!("{prefix}{path}"),
            };
            let described = (call.method.clone(), call.described(answers));
            match paths.iter_mut().find(|path| path.path == whole) {
                Some(path) => path.calls.push(described),
                None => paths.push(Path {
                    path: whole,
                    calls: vec![described],
                }),
            }
        }
        paths
    }
}
