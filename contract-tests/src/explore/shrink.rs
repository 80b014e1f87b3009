//! Shorter walks of the same kind as one that failed. The library's own shrinking never takes out what later
//! steps count past, and knows no plainer call than those it might have drawn. Sends nothing.

use super::walk::{Driver, Offer, Transition};
use crate::model::Model;
use proptest_state_machine::ReferenceStateMachine;

/// Every walk that is a little less than this one and can be taken, the shortest first.
pub(super) fn less<D: Driver>(
    offer: &Offer<D>,
    steps: &[Transition<D>],
) -> Vec<Vec<Transition<D>>> {
    let shorter = (0..steps.len())
        .rev()
        .map(|at| without::<D>(offer, steps, at));
    let plainer = (0..steps.len()).rev().flat_map(|at| {
        let plainer = D::plainer(&steps[at]).into_iter();
        plainer.map(move |step| with::<D>(steps, at, step))
    });
    shorter
        .flatten()
        .chain(plainer)
        .filter(|walk| !walk.is_empty())
        .filter(|walk| D::Model::first_impossible(offer, walk).is_none())
        .collect()
}

/// The walk without one step; what was made after that step's object counts one less.
fn without<D: Driver>(
    offer: &Offer<D>,
    steps: &[Transition<D>],
    at: usize,
) -> Option<Vec<Transition<D>>> {
    let (before, rest) = steps.split_at_checked(at)?;
    let (step, after) = rest.split_first()?;
    let mut state = D::Model::fresh(offer);
    for step in before {
        state = D::Model::apply(state, step);
    }
    let after: Option<Vec<_>> = match D::Model::makes(&state, step) {
        None => Some(after.to_vec()),
        Some(object) => {
            let left = after.iter().map(|step| D::unmade(step, object));
            left.collect()
        }
    };
    Some([before, &after?].concat())
}

fn with<D: Driver>(steps: &[Transition<D>], at: usize, step: Transition<D>) -> Vec<Transition<D>> {
    let mut steps = steps.to_vec();
    if let Some(place) = steps.get_mut(at) {
        *place = step;
    }
    steps
}

/// The number of a thing once the one of number `gone` was never made; none for that one itself.
pub(super) fn renumbered(number: usize, gone: usize) -> Option<usize> {
    match number.cmp(&gone) {
        std::cmp::Ordering::Less => Some(number),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(number - 1),
    }
}

/// The list without each of its elements in turn.
pub(super) fn shorter_by_one<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let without = |gone: usize| {
        let mut rest = list.to_vec();
        rest.remove(gone);
        rest
    };
    (0..list.len()).map(without).collect()
}
