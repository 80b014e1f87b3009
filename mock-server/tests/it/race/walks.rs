//! Random clients of one space at the same time, whose histories are put in order.

use std::fmt::Debug;
use std::sync::Mutex;

use super::amili::{self, Amili};
use super::ams::{self, Ams};
use super::clients::{histories, races};
use super::history::{Event, Model, check};
use super::server::Server;

/// How many clients, and how many steps each.
const SIZES: [(usize, usize); 3] = [(2, 100), (3, 80), (4, 60)];

#[track_caller]
fn ordered<M: Model<Operation: Debug>>(start: M, clients: &[Vec<Event<M::Operation>>], seed: u64) {
    if let Err(stuck) = check(start, clients) {
        let (fitted, all) = stuck.fitted;
        panic!(
            "seed {seed}: after {fitted} of {all} operations none of these can be next:\n{}",
            stuck.told
        );
    }
}

fn each_race(run: impl Fn(&Server, u64, (usize, usize))) {
    for seed in 0..races(3) {
        let place = usize::try_from(seed).unwrap() % SIZES.len();
        run(&Server::start(), seed, SIZES[place]);
    }
}

#[test]
fn creditors_groups_and_users_change_one_after_the_other() {
    each_race(|server, seed, size| {
        let known = Mutex::default();
        let clients = histories(size, seed, |number| {
            let mut player = amili::Player {
                client: server.amili(),
                number,
                made: 0,
                known: &known,
            };
            move |dice| player.step(dice)
        });
        amili::check_order(&clients);
        ordered(Amili::default(), &clients, seed);
    });
}

#[test]
fn assignments_links_and_new_users_happen_one_after_the_other() {
    each_race(|server, seed, size| {
        let start = Ams::of(&server.control().get("/_mock/state").body);
        let clients = histories(size, seed, |_| {
            let mut player = ams::Player {
                setup: server.ams(),
                manager: server.client(&[("authorization", "Bearer ams-manager")]),
                users: vec![4],
                departments: vec![1, 2, 3, 42],
            };
            move |dice| player.step(dice)
        });
        ordered(start, &clients, seed);
    });
}
