//! Who walks where: the walks over each API on a thread of their own, those that were kept first. Knows
//! neither model nor report.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::thread;

use super::amili::AmiliDriver;
use super::ams::AmsDriver;
use super::hunt::{Hunt, Hunted};
use super::kept::{self, Kept, Origin};
use super::{ExploreArguments, ExploreError, any_seed, save, tell};
use crate::client::Client;
use crate::event::{Event, Walked};
use crate::plan;
use crate::scenario::Api;
use crate::target::Target;

/// How far to walk where nothing is said: on a mock, and on a target that has other things to do.
const ON_MOCK: (u32, usize) = (200, 30);
const ELSEWHERE: (u32, usize) = (5, 12);

/// One exploration.
pub(super) struct Party<'a> {
    pub(super) target: &'a Target,
    /// What names begin with, after `ct-`.
    pub(super) run: &'a str,
    pub(super) arguments: &'a ExploreArguments,
    pub(super) seed: u64,
}

/// What a thread has to tell.
enum Told {
    Walk,
    Over(Box<Walked>),
}

impl<'a> Party<'a> {
    pub(super) fn of(target: &'a Target, run: &'a str, arguments: &'a ExploreArguments) -> Self {
        Self {
            target,
            run,
            arguments,
            seed: arguments.seed.unwrap_or_else(|| any_seed(run)),
        }
    }

    /// Prints the requests of the walks, none of which is sent.
    pub(super) fn plan(&self, out: &mut impl Write) -> Result<(), ExploreError> {
        let (seed, name) = (self.seed, self.target.name());
        writeln!(out, "random walks on {name}, seed {seed}")?;
        let (there, missing) = self.apis();
        if let (Some(_), Some((_, lacks))) = (self.arguments.api, missing.first()) {
            return Err(ExploreError::NoSuchApi(lacks.clone()));
        }
        for api in there {
            let hunt = self.hunt(api, &|| {});
            let walks = match api {
                Api::Amili => hunt.unsent::<AmiliDriver>(),
                Api::Ams => hunt.unsent::<AmsDriver>(),
            };
            for (at, exchanges) in walks.iter().enumerate() {
                writeln!(out, "{}, walk {}", api.name(), at + 1)?;
                write!(out, "{}", plan::requests(exchanges))?;
            }
        }
        Ok(())
    }

    /// The APIs that are asked for: those to walk over, and what the target lacks for the others.
    fn apis(&self) -> (Vec<Api>, Vec<(Api, String)>) {
        let asked = [Api::Amili, Api::Ams].into_iter();
        let asked = asked.filter(|api| self.arguments.api.is_none_or(|only| only == *api));
        let mut there = Vec::new();
        let mut missing = Vec::new();
        for api in asked {
            match self.lacks(api) {
                None => there.push(api),
                Some(lacks) => missing.push((api, lacks)),
            }
        }
        (there, missing)
    }

    pub(super) fn explore(&self, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), ExploreError> {
        match &self.arguments.replay {
            Some(file) => self.again(file, tell),
            None => self.at_random(tell),
        }
    }

    /// One walk from a file.
    fn again(&self, file: &Path, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), ExploreError> {
        let kept = Kept::read(file)?;
        if let Some(lacks) = self.lacks(kept.api) {
            return Err(ExploreError::NoSuchApi(lacks));
        }
        self.tell_beginning(None, 1, tell);
        let walked = self
            .take(&kept, &|| {})
            .map_err(|reason| kept.refused(reason))?;
        tell(Event::Walked(&walked));
        Ok(())
    }

    fn at_random(&self, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), ExploreError> {
        let (there, missing) = self.apis();
        if let (Some(_), Some((_, lacks))) = (self.arguments.api, missing.first()) {
            return Err(ExploreError::NoSuchApi(lacks.clone()));
        }
        let mut kept = kept::all(&self.arguments.walks)?;
        kept.retain(|kept| there.contains(&kept.api));
        let random: u32 = there.iter().map(|api| self.bounds(*api).0).sum();
        self.tell_beginning(Some(self.seed), kept.len() + random as usize, tell);
        for (api, lacks) in missing {
            tell(Event::Walked(&tell::not_taken(
                tell::random(api),
                api,
                lacks,
            )));
        }
        let (telling, told) = mpsc::channel();
        thread::scope(|scope| {
            let threads: Vec<_> = there
                .into_iter()
                .map(|api| {
                    let (telling, kept) = (telling.clone(), &kept);
                    scope.spawn(move || self.over(api, kept, &telling))
                })
                .collect();
            drop(telling);
            for event in told {
                match event {
                    Told::Walk => tell(Event::Walking),
                    Told::Over(walked) => tell(Event::Walked(&walked)),
                }
            }
            let ended = threads.into_iter().map(|thread| match thread.join() {
                Ok(ended) => ended,
                // A panic is our fault alone, and goes on as one.
                Err(panic) => std::panic::resume_unwind(panic),
            });
            ended.collect()
        })
    }

    fn tell_beginning(&self, seed: Option<u64>, walks: usize, tell: &mut dyn FnMut(Event<'_>)) {
        tell(Event::Exploring {
            run: self.run,
            target: self.target.name(),
            seed,
            walks,
        });
    }

    /// Everything over one API. What nobody listens to any more needs no telling.
    fn over(&self, api: Api, kept: &[Kept], telling: &Sender<Told>) -> Result<(), ExploreError> {
        let walk = || drop(telling.send(Told::Walk));
        let over = |walked| drop(telling.send(Told::Over(Box::new(walked))));
        let mut failing = false;
        for kept in kept.iter().filter(|kept| kept.api == api) {
            if self.target.interrupt().asked() {
                return Ok(());
            }
            let walked = match self.take(kept, &walk) {
                Ok(walked) => walked,
                Err(because) => tell::not_taken(kept.title(), api, because),
            };
            failing |= walked.fails;
            over(walked);
        }
        if failing && self.arguments.seed.is_none() {
            let because = "left out while a walk that was kept fails".to_owned();
            over(tell::not_taken(tell::random(api), api, because));
            return Ok(());
        }
        let hunt = self.hunt(api, &walk);
        let hunted = match api {
            Api::Amili => hunt.at_random::<AmiliDriver>(),
            Api::Ams => hunt.at_random::<AmsDriver>(),
        };
        let saved = self.keep(&hunted, kept);
        // A walk that cannot be kept is told all the same.
        let (files, failed) = match saved {
            Ok(files) => (files, Ok(())),
            Err(error) => (Vec::new(), Err(error)),
        };
        over(tell::walked(tell::random(api), hunted, files));
        failed
    }

    fn keep(&self, hunted: &Hunted, kept: &[Kept]) -> Result<Vec<String>, ExploreError> {
        let Some(finding) = &hunted.finding else {
            return Ok(Vec::new());
        };
        let origin = Origin {
            target: self.target.name(),
            targets: self.arguments.targets.path(),
        };
        kept::keep(&self.arguments.walks, self.run, origin, finding, kept)
    }

    /// Takes a walk that was kept. The error says why it cannot be taken.
    fn take(&self, kept: &Kept, tell: &(dyn Fn() + Sync)) -> Result<Walked, String> {
        let mut hunt = self.hunt(kept.api, tell);
        hunt.walks = 1;
        // A space, and names, of its own.
        let run = format!("{}-{}", self.run, kept.place);
        hunt.run = &run;
        let hunted = taken(hunt, &kept.text, kept.api)?;
        Ok(tell::walked(kept.title(), hunted, Vec::new()))
    }

    fn hunt<'h>(&'h self, api: Api, tell: &'h (dyn Fn() + Sync)) -> Hunt<'h> {
        let (walks, steps) = self.bounds(api);
        Hunt {
            target: self.target,
            run: self.run,
            walks,
            steps,
            seed: self.seed,
            tell,
        }
    }

    fn bounds(&self, api: Api) -> (u32, usize) {
        let (walks, steps) = if self.target.is_mock(api) {
            ON_MOCK
        } else {
            ELSEWHERE
        };
        let asked = self.arguments.steps.map(|steps| steps as usize);
        (
            self.arguments.cases.unwrap_or(walks),
            asked.unwrap_or(steps),
        )
    }

    /// What the target lacks for walks over this API.
    fn lacks(&self, api: Api) -> Option<String> {
        let conversation = self.target.converse("ct-explore", true);
        let client = Client::new(conversation, api);
        client.is_err().then(|| self.target.lacks(api))
    }
}

/// Takes the walk in this text. The error says why it cannot be taken.
pub(super) fn taken(hunt: Hunt<'_>, text: &str, api: Api) -> Result<Hunted, String> {
    let taken = match api {
        Api::Amili => hunt.again::<AmiliDriver>(save::steps::<AmiliDriver>(text)?),
        Api::Ams => hunt.again::<AmsDriver>(save::steps::<AmsDriver>(text)?),
    };
    taken.map_err(|step| {
        format!(
            "step {step} cannot be taken on this target: it needs what the target does not offer or no step makes"
        )
    })
}
