//! The mock beside a target that is recorded: it takes the same steps, so that the recording can say which
//! rule each refusal of the target is about, which a real API does not.

use super::Run;
use crate::event::Event;
use crate::recording::RunRecording;
use crate::target::{MOCK, Target, TargetError};

/// The recording of a run, with the mock beside its target.
pub(crate) struct Beside {
    recording: RunRecording,
    /// None where the mock in this process is the target itself.
    mock: Option<Target>,
    taken: usize,
}

impl Beside {
    /// Starts the mock, unless it is the target itself.
    ///
    /// # Errors
    /// When it cannot start.
    pub(crate) fn begin(recording: RunRecording, target: &Target) -> Result<Self, TargetError> {
        let mock = match target.name() {
            MOCK => None,
            _ => Some(Target::mock()?),
        };
        Ok(Self {
            recording,
            mock,
            taken: 0,
        })
    }

    /// Records what an event tells.
    pub(crate) fn tell(&mut self, event: Event<'_>) {
        let Event::Finished(performed) = event else {
            return;
        };
        self.taken += 1;
        match &self.mock {
            None => self.recording.add(performed, performed),
            Some(mock) => {
                let run = Run {
                    id: "beside",
                    target: mock,
                    planning: false,
                };
                let beside = run.one(self.taken, performed.scenario);
                self.recording.add(performed, &beside);
            }
        }
    }
}
