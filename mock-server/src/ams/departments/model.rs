//! Departments.

use serde::{Deserialize, Serialize};

use crate::ams::ids::{CompanyId, DepartmentId};

/// A node of the department tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Department {
    pub(crate) id: DepartmentId,
    pub(crate) name: String,
    /// `None`: a root.
    pub(crate) parent_id: Option<DepartmentId>,
    pub(crate) company_id: Option<CompanyId>,
}

/// A department that has been decided on and has no id yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewDepartment {
    pub(crate) name: String,
    pub(crate) parent_id: Option<DepartmentId>,
    pub(crate) company_id: Option<CompanyId>,
}

impl NewDepartment {
    pub(crate) fn into_department(self, id: DepartmentId) -> Department {
        Department {
            id,
            name: self.name,
            parent_id: self.parent_id,
            company_id: self.company_id,
        }
    }
}
